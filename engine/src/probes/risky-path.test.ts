import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isRiskyUrl } from './risky-path.ts';

const risky = [
  '/logout',
  '/api/auth/sign-out',
  '/signOut',
  '/users/1/delete',
  '/users/1?action=delete',
  '/deleteAccount',
  '/%64elete/1',
  '/email/unsubscribe?id=1',
  '/api/invite',
  '/api/send-mail',
  '/hooks/webhook',
  '/billing/pay',
  '/api/refund/3',
  '/api/reset',
  '/invitations/abc/accept',
];
const harmless = [
  '/',
  '/login',
  '/sign-in',
  '/reset-password',
  '/forgot-password',
  '/api/orders',
  '/api/payments',
  '/records/1?page=2',
  '/assets/app-logoutline.js',
  '/invited-by-friends',
  '/dashboard/deleted-items',
];

it('leaves alone what may do something when it is fetched', () => {
  assert.deepEqual(
    risky.filter((path) => !isRiskyUrl(`https://portal.test${path}`)),
    [],
  );
});
it('keeps from nothing else', () => {
  assert.deepEqual(
    harmless.filter((path) => isRiskyUrl(`https://portal.test${path}`)),
    [],
  );
});
