import type { DataSigns } from '../model/observation.ts';
import { inlineJson, type ParsedHtml, parseHtml } from '../parsers/html.ts';
import { parseJson } from '../parsers/json-shape.ts';
import type { AnswerText } from './answer-text.ts';
import { contentKind } from './content-kind.ts';

const DEPTH_MAX = 40;
const FIELDS_MAX = 50;
const VALUES_MAX = 200_000;

/** Field names, in lower case without separators, that stand for a person. */
const PERSON = new Set([
  'email',
  'emailaddress',
  'mail',
  'phone',
  'phonenumber',
  'mobile',
  'mobilenumber',
  'telephone',
  'firstname',
  'lastname',
  'fullname',
  'givenname',
  'familyname',
  'surname',
  'middlename',
  'displayname',
  'username',
  'customername',
  'contactname',
  'birthdate',
  'birthday',
  'dateofbirth',
  'dob',
  'iban',
  'accountnumber',
  'cardnumber',
  'last4',
  'ssn',
  'socialsecuritynumber',
  'taxid',
  'taxnumber',
  'vatid',
  'passport',
  'passportnumber',
  'nationalid',
  'street',
  'streetaddress',
  'postaladdress',
  'homeaddress',
  'billingaddress',
  'postcode',
  'postalcode',
  'zipcode',
  'salary',
  'gender',
  'nationality',
  'password',
  'passwordhash',
  'ipaddress',
  'diagnosis',
  'signature',
]);
/** … and for a tenant or an owner. */
const TENANT = new Set([
  'tenantid',
  'tenant',
  'tenantslug',
  'organizationid',
  'organisationid',
  'orgid',
  'organization',
  'organisation',
  'companyid',
  'accountid',
  'workspaceid',
  'customerid',
  'ownerid',
  'userid',
  'teamid',
  'clientid',
  'createdby',
  'createdbyid',
  'assigneeid',
  'memberid',
  'patientid',
  'agencyid',
]);
/** These prove themselves by their values; the others need to stand in a record. */
const BY_VALUE: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@]{1,64}@[^\s@]{3,253}$/,
  emailaddress: /^[^\s@]{1,64}@[^\s@]{3,253}$/,
  mail: /^[^\s@]{1,64}@[^\s@]{3,253}$/,
  phone: /^\+?[\d\s()./-]{6,25}$/,
  phonenumber: /^\+?[\d\s()./-]{6,25}$/,
  mobile: /^\+?[\d\s()./-]{6,25}$/,
  iban: /^[A-Z]{2}\d{2}[A-Z0-9 ]{11,36}$/,
};

/** Local parts that are an office and no person. Source: RFC 2142, and the habits of the web. */
const OFFICES =
  /^(?:abuse|accounting|accounts|admin|billing|careers|compliance|contact|contato|contacto|customer[._-]?(?:care|service|success)|datenschutz|dpo|enquiries|feedback|finance|gdpr|hello|hallo|help|helpdesk|hi|hola|hostmaster|hr|impressum|info|inquiries|invoices?|it|jobs|kontakt|legal|mail|marketing|media|news(?:letter)?|no[._-]?reply|do[._-]?not[._-]?reply|notifications?|office|orders?|postmaster|press|presse|privacy|reception|recruiting|sales|security|service|service[._-]?desk|support|team|verkauf|vertrieb|webmaster|welcome)(?:[+._-].{0,30})?$/;
/** Names that forms and examples show. */
const EXAMPLES =
  /^(?:you|your|yourname|your[._-]?(?:name|email)|name|first[._-]?last|user(?:name)?|email|e-?mail|someone|somebody|me|(?:john|jane)[._-]?(?:doe|smith)?|jdoe|max[._-]?mustermann|test|foo|bar|example)$/;
const EMAIL =
  /(?<![\w.%+/-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![\w@])/g;
/** `icon@2x.png` and package versions look like addresses. */
const FILE_ENDING = /\.(?:avif|css|gif|ico|jpe?g|js|json|map|mjs|png|svg|ts|webp|woff2?)$/i;

/** What a page or an answer is known to be, besides its values. */
export interface DataPlace {
  /** Addresses that the site itself gives for contact: its mailto: links and the foot of its pages. */
  readonly contacts: readonly string[];
}

/** Signs in an answer, whatever it really is: JSON, a page, or text such as an export. */
export function dataSigns(answer: AnswerText): DataSigns {
  const kind = contentKind(answer);
  // No address in the page matters here, so neither does its own.
  if (kind === 'html' || kind === 'spa-shell') return htmlDataSigns(parseHtml(answer.body, 'https://localhost/'));
  if (kind === 'script' || kind === 'style' || kind === 'image' || kind === 'archive') return jsonDataSigns(undefined);
  const json = parseJson(answer.body.replace(/^\)\]\}'[^\n]{0,20}\n/, ''));
  return jsonDataSigns(json ?? answer.body);
}

/** Signs of records and people in a JSON value. Counts and names only: no value is kept. */
export function jsonDataSigns(value: unknown, { contacts }: DataPlace = { contacts: [] }): DataSigns {
  const tally: Tally = {
    records: 0,
    emails: new Set(),
    person: new Set(),
    tenant: new Set(),
    contacts: new Set(contacts),
    seen: 0,
  };
  readValue(value, '', false, 0, tally);
  return signsOf(tally);
}

/** Signs in what a page shows and in the state it starts its scripts from; the foot of the page and its mailto: links are the site's own. */
export function htmlDataSigns(html: ParsedHtml): DataSigns {
  const contacts = new Set([...html.mailto, ...emailsIn(html.footText)]);
  const tally: Tally = { records: 0, emails: new Set(), person: new Set(), tenant: new Set(), contacts, seen: 0 };
  addEmails(html.text, tally);
  for (const inline of html.inline) {
    const json = inlineJson(inline) ?? (inline.form === 'script' ? stateOf(inline.text) : undefined);
    if (json !== undefined) readValue(json, '', false, 0, tally);
  }
  return signsOf(tally);
}

interface Tally {
  records: number;
  readonly emails: Set<string>;
  readonly person: Set<string>;
  readonly tenant: Set<string>;
  readonly contacts: ReadonlySet<string>;
  seen: number;
}

const signsOf = ({ records, emails, person, tenant }: Tally): DataSigns => ({
  records,
  emails: emails.size,
  personFields: [...person].slice(0, FIELDS_MAX),
  tenantFields: [...tenant].slice(0, FIELDS_MAX),
});

function readValue(value: unknown, name: string, inRecord: boolean, depth: number, tally: Tally): void {
  if (depth > DEPTH_MAX || tally.seen++ > VALUES_MAX || value === null) return;
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    if (!isProgram(text)) addEmails(text, tally);
    addField(name, text, inRecord, tally);
  } else if (Array.isArray(value)) {
    const objects = value.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    tally.records = Math.max(tally.records, objects.length);
    for (const one of value) readValue(one, name, true, depth + 1, tally);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value);
    // A dictionary of labels has all these names too, but no id.
    const isRecord = inRecord || entries.some(([key, inner]) => isId(key, inner));
    for (const [key, inner] of entries) readValue(inner, key, isRecord, depth + 1, tally);
  }
}

/** A program that is carried as a value: the addresses in it are its authors'. */
const isProgram = (text: string) =>
  text.length > PROGRAM_CHARS_MIN && /\bfunction\s{0,5}[\w$]{0,40}\(|=>\s{0,5}[{(]|\bmodule\.exports\b/.test(text);
/** Shorter than this, code is an example in somebody's text. */
const PROGRAM_CHARS_MIN = 1_000;

function isId(key: string, value: unknown): boolean {
  if (/^(?:_?id|uuid)$/.test(key)) return true;
  return /^.{1,40}(?:_id|Id)$/.test(key) && /\d/.test(String(typeof value === 'object' ? '' : value));
}

function addField(name: string, value: string, inRecord: boolean, { person, tenant, contacts }: Tally): void {
  const plain = name.toLowerCase().replace(/[_\-\s]/g, '');
  if (value === '' || plain.length > 40) return;
  const proof = BY_VALUE[plain];
  if (
    PERSON.has(plain) &&
    (proof === undefined ? inRecord : proof.test(value)) &&
    !contacts.has(value.toLowerCase()) &&
    !isOffice(value)
  )
    person.add(name);
  if (TENANT.has(plain) && inRecord) tenant.add(name);
}

const isOffice = (address: string) => address.includes('@') && OFFICES.test(address.toLowerCase().split('@')[0] ?? '');

function addEmails(text: string, { emails, contacts }: Tally): void {
  if (!text.includes('@')) return;
  for (const address of emailsIn(text)) {
    const [local = '', host = ''] = address.split('@');
    const isPersonal = !OFFICES.test(local) && !EXAMPLES.test(local) && !/^example\.(?:com|org|net)$/.test(host);
    if (isPersonal && !contacts.has(address)) emails.add(address);
  }
}

function emailsIn(text: string): string[] {
  return [...text.matchAll(EMAIL)]
    .map(([address]) => address.toLowerCase())
    .filter((address) => !FILE_ENDING.test(address) && !/^[0-9a-f]{32}@/.test(address));
}

/** `window.__STATE__ = {…}`, `self.__next_f.push([1,"…"])`, `JSON.parse("…")`: the value a page's scripts start from. */
function stateOf(script: string): unknown {
  const text = script.trim();
  if (!/^(?:window|self|globalThis|var|let|const|\(?self\.__next_f)\b/.test(text)) return undefined;
  const pushed = /\.push\((\[[\s\S]*\])\);?$/.exec(text)?.[1];
  if (pushed !== undefined) return flightOf(parseJson(pushed));
  const at = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const parsed = at < 0 ? undefined : parseJson(text.slice(at, end + 1));
  if (parsed !== undefined) return parsed;
  const quoted = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/.exec(text)?.[1];
  const inner = quoted === undefined ? undefined : parseJson(quoted);
  return typeof inner === 'string' ? parseJson(inner) : undefined;
}

/** The rows of React's flight format: `id:JSON` per line. Source: react-server-dom, ReactFlightClient. */
function flightOf(pushed: unknown): unknown {
  const text = Array.isArray(pushed) ? pushed.find((one) => typeof one === 'string') : undefined;
  if (typeof text !== 'string') return undefined;
  return { rows: text.split('\n').map((row) => parseJson(row.replace(/^[0-9a-f]{1,8}:[A-Z]{0,2}/, '')) ?? null) };
}
