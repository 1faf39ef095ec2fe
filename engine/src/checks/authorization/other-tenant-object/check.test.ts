import { crossingSubjects } from '../../../oracle/plan.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { cross } from '../../../testing/cross.ts';
import type { Switch } from '../../../testing/fake-portal.ts';
import { given } from '../../../testing/sightings.ts';
import check from './check.ts';

/** The fake portal holds one object, of client@a; the other direction is the same trial with the names turned. */
async function bothWays(is: Switch) {
  const seen = await cross(is);
  const turned = JSON.stringify(seen)
    .replaceAll('client@a', 'client@?')
    .replaceAll('client@b', 'client@a')
    .replaceAll('client@?', 'client@b');
  return [...seen, ...JSON.parse(turned)];
}

testCheck(check, given, {
  passes: {
    'every attempt is refused': await bothWays('sound'),
    'a refused write is answered 204, but changes nothing': await bothWays('answers 204 to a refused write'),
  },
  fails: {
    'a record is served by id': [await cross('leaks by id'), ['object-crosses-tenants']],
    'a record is served in the body of a redirect': [
      await cross('leaks inside a 302 body'),
      ['object-crosses-tenants'],
    ],
    'a record takes what another tenant writes': [await cross('lets anybody write'), ['object-crosses-tenants']],
  },
  notVerified: {
    'only one direction was tried': await cross('sound'),
    'the owner cannot see the canary': await bothWays('hides notes from their owner'),
    "the other tenant's session is dead": await bothWays('signs the other tenant out'),
    'a leak does not show again': await bothWays('leaks once'),
    [`no crossing of ${crossingSubjects(given).length} was tried`]: [],
  },
});
