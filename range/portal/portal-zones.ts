import type { DnsConfig, DnsRecord } from '../world/dns-server.ts';
import { HOSTS } from './hosts.ts';
import type { Switches } from './switches.ts';

/** Addresses that are nobody's. Source: RFC 5737, 3 and RFC 3849, 4. */
const IPV4 = '203.0.113.10';
const IPV6 = '2001:db8:10::10';

/** A DKIM public key, 2048 bits; nobody kept the private one. */
const DKIM_PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApoHLsNEsWFMsouocCezbLoO7tbkugew2Aig1mD20gUty7yz+uz5TItG/Krdlk4jn988svrgjQzC4rPZ+04ENp+n17OupXKvvPR7wqfYlKHi2Pvosd3aMd7pp/+rtKzK1z18qb7N57AhOVuos+gyBrFLdGymcG4vj/lJgylDNd63PwS6AmIlrKmYk2RrxTxyhBSHlVdP79uDVrS+dLZLqTfc9dVbEIIZVmCdoEb8vt0Y20DY4fjrMVMwq6XI13/PAi+t6Unmvrd2dQBH/7ipCxGLAfIVgAPrJmw9EXv/g8kmGb8t2LiNw68NAZMnryHYwG5hIk3pGVWKsYa0VK5Qa6QIDAQAB';

const soundRecords = (hosts: readonly string[]): readonly DnsRecord[] => [
  ...hosts.flatMap((name): readonly DnsRecord[] => [
    { name, type: 'A', address: IPV4 },
    { name, type: 'AAAA', address: IPV6 },
  ]),
  { name: HOSTS.app, type: 'NS', target: 'ns1.portal.example' },
  { name: HOSTS.app, type: 'NS', target: 'ns2.portal.example' },
  { name: 'ns1.portal.example', type: 'A', address: '203.0.113.53' },
  { name: 'ns2.portal.example', type: 'A', address: '198.51.100.53' },
  { name: HOSTS.app, type: 'CAA', flags: 0, tag: 'issue', value: 'range-authority.example' },
  { name: HOSTS.app, type: 'CAA', flags: 0, tag: 'issuewild', value: ';' },
  { name: HOSTS.app, type: 'CAA', flags: 0, tag: 'iodef', value: 'mailto:security@portal.example' },
  { name: HOSTS.app, type: 'MX', priority: 10, exchange: 'mail.portal.example' },
  { name: 'mail.portal.example', type: 'A', address: '203.0.113.25' },
  { name: HOSTS.app, type: 'TXT', text: 'v=spf1 ip4:203.0.113.25 -all' },
  {
    name: '_dmarc.portal.example',
    type: 'TXT',
    text: 'v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:dmarc@portal.example',
  },
  { name: 'n1._domainkey.portal.example', type: 'TXT', text: `v=DKIM1; k=rsa; p=${DKIM_PUBLIC_KEY}` },
  { name: '_smtp._tls.portal.example', type: 'TXT', text: 'v=TLSRPTv1; rua=mailto:tls@portal.example' },
];

/** The zone of portal.example and of its parent, so that unknown names under either are denied properly. */
export const portalDns = ({ dns, moreHosts }: Switches): DnsConfig => {
  const removed = new Set(dns.remove);
  const records = soundRecords([...Object.values(HOSTS), ...moreHosts]).filter(
    ({ name, type }) => !removed.has(`${name} ${type}`),
  );
  return {
    misbehaviours: dns.misbehaviours,
    zones: [
      { name: 'portal.example', records: [...records, ...dns.add], authenticData: dns.authenticData },
      {
        name: 'example',
        records: [
          { name: 'example', type: 'NS', target: 'ns1.example' },
          { name: 'portal.example', type: 'NS', target: 'ns1.portal.example' },
          ...dns.add.filter(({ name }) => name !== 'portal.example' && !name.endsWith('.portal.example')),
        ],
      },
    ],
  };
};
