import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { certificate, given, obstacle, tlsChain } from '../../../testing/sightings.ts';
import check from './check.ts';

const NOW = Date.parse(given.judgedAt);
const at = (days: number) => new Date(NOW + days * 86_400_000).toISOString();
/** Issued so many days ago, with so many left. */
const aged = (ago: number, left: number, more: Parameters<typeof tlsChain>[0] = {}) =>
  tlsChain({ sent: [certificate({ notBefore: at(-ago), notAfter: at(left) })], ...more });

testCheck(check, given, {
  passes: {
    '90 days, 60 left': [aged(30, 60)],
    '90 days, 22 left: fewer than a third, more than 21': [aged(68, 22)],
    '47 days, 17 left: fewer than 21, more than a third': [aged(30, 17)],
    '6 days, 3 left': [aged(3, 3)],
    '398 days, issued before the limit fell': [aged(100, 298)],
    'an internal certificate of ten years': [aged(100, 3_550, { trust: 'untrusted' })],
  },
  fails: {
    'ran out yesterday': [[aged(90, -1)], ['certificate-expired']],
    'begins tomorrow': [[aged(-1, 89)], ['certificate-not-yet-valid']],
    '90 days, 20 left': [[aged(70, 20)], ['certificate-expires-soon']],
    '47 days, 15 left': [[aged(32, 15)], ['certificate-expires-soon']],
    '6 days, 1 left': [[aged(5, 1)], ['certificate-expires-soon']],
    '800 days': [[aged(100, 700)], ['certificate-lives-too-long']],
    'one of two addresses': [[aged(30, 60), aged(90, -1, { id: 'second' })], ['certificate-expired']],
  },
  notVerified: {
    'no certificate came': [tlsChain({ sent: [] })],
    'port 443 is closed': [obstacle(tlsSubject('portal.test', 443), 'refused')],
  },
});

/** The longest lifetime falls with the day of issue. */
const later = { ...given, judgedAt: '2029-04-01T00:00:00.000Z' };
const issued = (from: string, to: string) => [
  tlsChain({
    seenAt: later.judgedAt,
    sent: [certificate({ notBefore: `${from}T00:00:00.000Z`, notAfter: `${to}T00:00:00.000Z` })],
  }),
];
testCheck({ ...check, id: 'certificate-dates by day of issue' }, later, {
  passes: {
    '47 days since 2029-03-15': issued('2029-03-20', '2029-05-06'),
    '100 days before': issued('2029-03-14', '2029-06-22'),
  },
  fails: {
    '48 days since 2029-03-15': [issued('2029-03-20', '2029-05-07'), ['certificate-lives-too-long']],
    '101 days before': [issued('2029-03-14', '2029-06-23'), ['certificate-lives-too-long']],
    'over 200 days, issued 2026-03-15': [
      issued('2026-03-15', '2026-10-02'),
      ['certificate-expired', 'certificate-lives-too-long'],
    ],
    'begins in 2030': [issued('2030-01-01', '2030-02-01'), ['certificate-not-yet-valid']],
    'nearly over': [issued('2029-03-20', '2029-04-05'), ['certificate-expires-soon']],
  },
  notVerified: {},
});
