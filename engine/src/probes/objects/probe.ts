import type { Account, ObjectKind } from '../../model/given.ts';
import { isNonEmpty } from '../../model/non-empty.ts';
import { ofKind } from '../../model/observation.ts';
import { crossingSubjects } from '../../oracle/plan.ts';
import { parseJson } from '../../parsers/json-shape.ts';
import { askAs } from '../crossing/ask-as.ts';
import { type Action, defineProbe, mark } from '../probe.ts';
import { WireTrouble } from '../wire/wire.ts';

const TEMPLATE = 'object-create';

interface CreateAction extends Action {
  readonly owner: Account;
  readonly object: ObjectKind;
}

/** Makes one object of each kind for each account, for other tenants to try. Only these are ever changed. */
export default defineProbe<CreateAction>({
  id: 'objects',
  stage: 'crossing',
  effect: 'writes',
  budgetMs: 30_000,
  templates: ({ accounts, objects }) =>
    accounts.length * objects.length === 0
      ? []
      : [
          {
            id: TEMPLATE,
            says: objects.map(({ create }) => `POST ${create.path} as {account}`).join(', '),
            unit: 'requests',
            ceiling: accounts.length * objects.length,
          },
        ],
  plan: ({ given, seen }) => {
    const signedIn = new Set(ofKind('signed-in', seen).map(({ account }) => account));
    return given.objects.flatMap((object) =>
      given.accounts.flatMap((owner): CreateAction[] => {
        const subjects = crossingSubjects({ ...given, objects: [object] }).filter((subject) =>
          subject.endsWith(` of ${owner.name}`),
        );
        if (!signedIn.has(owner.name) || !isNonEmpty(subjects)) return [];
        return [
          {
            id: `create ${object.name} of ${owner.name}`,
            template: TEMPLATE,
            subjects,
            endpoint: new URL(given.url).host,
            says: `POST ${object.create.path} as ${owner.name}`,
            once: true,
            owner,
            object,
          },
        ];
      }),
    );
  },
  async *run({ owner, object }, context, signal) {
    const { create } = object;
    const answer = await askAs(
      { template: TEMPLATE, as: owner.name, method: 'POST', path: create.path, body: JSON.stringify(create.body) },
      context,
      signal,
    );
    const id = idIn(parseJson(answer.bytes.toString('utf8')), create.idAt);
    if (id === undefined)
      throw new WireTrouble(
        'malformed',
        `POST ${create.path} was answered ${answer.status} without an id at ${create.idAt}`,
      );
    for (const method of ['GET', 'PUT'] as const) {
      const subject = `${object.name} of ${owner.name} by ${method}`;
      yield {
        kind: 'object-route',
        ...mark(context, subject),
        method,
        path: object.path,
        objectId: id,
        object: object.name,
        owner: owner.name,
      };
    }
  },
});

/** The string or number at a JSON Pointer (RFC 6901), as an id. */
function idIn(value: unknown, pointer: string): string | undefined {
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
