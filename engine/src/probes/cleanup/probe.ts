import { ofKind } from '../../model/observation.ts';
import { cleanupSubject } from '../../model/subject.ts';
import { askAs } from '../crossing/ask-as.ts';
import { type Action, defineProbe, mark } from '../probe.ts';

const TEMPLATE = 'object-remove';
/** DELETE and the look afterwards, each tried three times at most. */
const REQUESTS_MAX_PER_OBJECT = 6;

interface RemoveAction extends Action {
  readonly object: string;
  readonly objectId: string;
  readonly owner: string;
  readonly path: string;
}

/** Removes every object that this run made, and looks whether it is gone. */
export default defineProbe<RemoveAction>({
  id: 'cleanup',
  stage: 'crossing',
  effect: 'writes',
  budgetMs: 30_000,
  lastly: true,
  templates: ({ accounts, objects }) =>
    accounts.length * objects.length === 0
      ? []
      : [
          {
            id: TEMPLATE,
            says: objects.map(({ path }) => `DELETE ${path} (objects of this run only), then GET`).join(', '),
            unit: 'requests',
            ceiling: accounts.length * objects.length * REQUESTS_MAX_PER_OBJECT,
          },
        ],
  plan: ({ given, seen }) =>
    ofKind('object-route', seen)
      .filter(({ method }) => method === 'GET')
      .map(
        ({ object, objectId, owner, path }): RemoveAction => ({
          id: `remove ${object} ${objectId} of ${owner}`,
          template: TEMPLATE,
          subjects: [cleanupSubject(object, owner)],
          endpoint: new URL(given.url).host,
          says: `DELETE ${path.replace('{id}', objectId)} as ${owner}`,
          object,
          objectId,
          owner,
          path: path.replace('{id}', objectId),
        }),
      ),
  async *run({ object, objectId, owner, path }, context, signal) {
    const ask = (method: string) => askAs({ template: TEMPLATE, as: owner, method, path, body: null }, context, signal);
    await ask('DELETE');
    const { status } = await ask('GET');
    const gone = status === 404 || status === 410;
    yield { kind: 'cleaned-up', ...mark(context, cleanupSubject(object, owner)), object, objectId, owner, gone };
  },
});
