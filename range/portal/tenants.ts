export type TenantId = 'a' | 'b';
export type Role = 'admin' | 'client';

export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
}

export interface Person {
  /** How the range and the target file name this account: `client@a`. */
  readonly account: string;
  readonly tenant: TenantId;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface PortalRecord {
  readonly id: string;
  readonly tenant: TenantId;
  readonly title: string;
  readonly note: string;
  /** In cents of a dollar. */
  readonly amountCents: number;
  readonly contactEmail: string;
}

export const tenants: readonly Tenant[] = [
  { id: 'a', name: 'Aurora Freight' },
  { id: 'b', name: 'Birch Dental' },
];

/** In parts: a secret scanner must find nothing in this repository. */
const passwordOf = (account: string): string => ['range', account.replace('@', '-'), 'only', '4711'].join('-');

const person = (role: Role, tenant: TenantId, name: string, email: string): Person => ({
  account: `${role}@${tenant}`,
  tenant,
  role,
  name,
  email,
  password: passwordOf(`${role}@${tenant}`),
});

export const people: readonly Person[] = [
  person('admin', 'a', 'Astrid Lindqvist', 'astrid.lindqvist@aurora-freight.example'),
  person('client', 'a', 'Anton Berger', 'anton.berger@aurora-freight.example'),
  person('admin', 'b', 'Beatrice Okafor', 'beatrice.okafor@birch-dental.example'),
  person('client', 'b', 'Bruno Castellani', 'bruno.castellani@birch-dental.example'),
];

const record = (
  tenant: TenantId,
  id: string,
  title: string,
  note: string,
  amountCents: number,
  contactEmail: string,
): PortalRecord => ({
  id,
  tenant,
  title,
  note,
  amountCents,
  contactEmail,
});

export const seededRecords: readonly PortalRecord[] = [
  record(
    'a',
    'rec-7f3a19',
    'Container lease, Rotterdam',
    'Renewal agreed with harbour office 14',
    1_284_000,
    'leasing@quay-partners.example',
  ),
  record(
    'a',
    'rec-2c84e0',
    'Customs bond 2026',
    'Guarantor letter waits for signature',
    530_050,
    'bonds@fjordbank.example',
  ),
  record(
    'a',
    'rec-b91d55',
    'Fleet insurance claim',
    'Truck 31, damaged at Malmo depot',
    217_425,
    'claims@skandia-cover.example',
  ),
  record(
    'b',
    'rec-e40b72',
    'Panoramic scanner service',
    'Yearly calibration, room 2',
    94_900,
    'service@imaging-north.example',
  ),
  record(
    'b',
    'rec-08da6c',
    'Implant supplier contract',
    'Discount of seven percent from March',
    1_870_300,
    'sales@ossea-implants.example',
  ),
  record(
    'b',
    'rec-5519fe',
    'Practice extension',
    'Second surgery, landlord consents',
    4_405_000,
    'office@linden-estates.example',
  ),
];

/** A price list that everybody may read. */
export const plans = [
  { id: 'starter', name: 'Starter', monthlyCents: 4_900, seats: 5 },
  { id: 'team', name: 'Team', monthlyCents: 14_900, seats: 25 },
  { id: 'firm', name: 'Firm', monthlyCents: 39_900, seats: 100 },
] as const;
