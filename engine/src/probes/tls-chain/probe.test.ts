import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import { describe, it } from 'node:test';
import tls, { type TlsOptions } from 'node:tls';
import { type ObservationOf, type Obstacle, ofKind, Sighting } from '../../model/observation.ts';
import { CA_EXTENSION, type Issued, issue, noOpenssl, RSA_2048 } from '../../testing/certificates.ts';
import { loopbackContext, serving } from '../../testing/loopback-wire.ts';
import { given } from '../../testing/sightings.ts';
import probe from './probe.ts';

const [action = assert.fail()] = probe.plan({ given, seen: [], seed: 'seed' });

async function look(server: net.Server, trust: readonly string[] = [], signal = AbortSignal.timeout(20_000)) {
  const seen = await serving(server, (port) =>
    Array.fromAsync(probe.run(action, loopbackContext(port, trust), signal)),
  );
  return seen.map((one) => Sighting.parse(one));
}
async function chainSeen(server: net.Server, trust: readonly string[] = []): Promise<ObservationOf<'tls-chain'>> {
  const seen = await look(server, trust);
  return ofKind('tls-chain', seen)[0] ?? assert.fail(JSON.stringify(seen));
}
async function obstacleSeen(server: net.Server): Promise<Obstacle> {
  const seen = await look(server);
  assert.deepEqual(ofKind('tls-chain', seen), []);
  return ofKind('obstacle', seen)[0] ?? assert.fail('no obstacle');
}

const CA = [CA_EXTENSION];
const subjects = ({ sent }: ObservationOf<'tls-chain'>) => sent.map(({ subject }) => subject);

describe('tls-chain', { skip: noOpenssl }, () => {
  const root = noOpenssl === false ? issue({ subject: '/CN=Root', extensions: CA }) : undefined;
  const middle = root && issue({ subject: '/CN=Middle', by: root, extensions: CA });
  const leaf =
    middle && issue({ subject: '/CN=portal.test', by: middle, extensions: ['subjectAltName=DNS:portal.test'] });
  const other = root && issue({ subject: '/CN=Other', extensions: CA });
  if (root === undefined || middle === undefined || leaf === undefined || other === undefined) return;
  const serves = (first: Issued, ...rest: readonly Issued[]) =>
    tls.createServer({ key: first.key, cert: [first, ...rest].map(({ cert }) => cert).join('') });

  const cases: Readonly<
    Record<string, readonly [sent: readonly Issued[], trust: readonly Issued[], ...ReturnType<typeof judged>]>
  > = {
    'leaf and intermediate': [[middle], [root], 'sent', 0],
    'leaf, intermediate and root': [[middle, root], [root], 'sent', 0],
    'the leaf alone': [[], [root], 'incomplete', 0],
    'the leaf alone, with its issuer in the store': [[], [middle], 'sent', 0],
    'a root that is not in the store': [[middle, root], [other], 'untrusted', 0],
    'an intermediate of a root that is not in the store': [[middle], [other], 'untrusted', 0],
    'the wrong order': [[root, middle], [root], 'sent', 1],
    'a stranger at the end': [[middle, other], [root], 'sent', 1],
    'a stranger in between': [[other, middle], [root], 'sent', 1],
    'the leaf twice': [[leaf, middle], [root], 'sent', 1],
  };
  function judged(chain: ObservationOf<'tls-chain'>): [ObservationOf<'tls-chain'>['trust'], number] {
    return [chain.trust, chain.misplaced];
  }
  for (const [name, [sent, trust, ...want]] of Object.entries(cases)) {
    it(`reports ${name}`, async () => {
      const chain = await chainSeen(
        serves(leaf, ...sent),
        trust.map(({ cert }) => cert),
      );
      assert.equal(chain.sent.length, 1 + sent.length);
      assert.deepEqual(judged(chain), want);
    });
  }

  it('shows what was sent, in its order, and nothing from a store of ours', async () => {
    const alone = await chainSeen(serves(leaf), [root.cert, middle.cert]);
    assert.deepEqual(subjects(alone), ['CN=portal.test']);
    const all = await chainSeen(serves(leaf, other, root, middle));
    assert.deepEqual(subjects(all), ['CN=portal.test', 'CN=Other', 'CN=Root', 'CN=Middle']);
    assert.equal(
      all.sent[0]?.fingerprint,
      new X509Certificate(leaf.cert).fingerprint256.replaceAll(':', '').toLowerCase(),
    );
    assert.deepEqual([all.protocol, all.host, all.sent[0]?.names], ['TLSv1.3', 'portal.test', ['portal.test']]);
  });

  it('is not misled by an issuer of the right name with another key', async () => {
    const impostor = issue({ subject: '/CN=Middle', by: root, extensions: CA });
    assert.deepEqual(judged(await chainSeen(serves(leaf, impostor), [root.cert])), ['untrusted', 1]);
  });

  it('does not take a leaf for an authority', async () => {
    const noCa = issue({ subject: '/CN=Leaf', by: root, extensions: ['basicConstraints=critical,CA:FALSE'] });
    const below = issue({ subject: '/CN=portal.test', by: noCa });
    assert.equal((await chainSeen(serves(below, noCa), [root.cert])).trust, 'untrusted');
  });

  it('calls a self-signed leaf untrusted, unless the operator trusts it', async () => {
    const own = issue({ subject: '/CN=portal.test' });
    assert.deepEqual(judged(await chainSeen(serves(own))), ['untrusted', 0]);
    assert.deepEqual(judged(await chainSeen(serves(own), [own.cert])), ['sent', 0]);
  });

  const weak: Readonly<Record<string, readonly [TlsOptions, Parameters<typeof issue>[0]]>> = {
    'a key of 1024 bits, signed with SHA-1': [{}, { subject: '/CN=x', key: ['-newkey', 'rsa:1024'], digest: 'sha1' }],
    'a signature with MD5': [{}, { subject: '/CN=x', key: RSA_2048, digest: 'md5' }],
    'TLS 1.0 with a fixed RSA key': [
      { maxVersion: 'TLSv1', ciphers: 'AES128-SHA:@SECLEVEL=0' },
      { subject: '/CN=x', key: RSA_2048 },
    ],
  };
  for (const [name, [options, request]] of Object.entries(weak)) {
    it(`sees the certificate in spite of ${name}`, async () => {
      const { key, cert } = issue(request);
      const server = tls.createServer({ key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0', ...options });
      assert.deepEqual(subjects(await chainSeen(server)), ['CN=x']);
    });
  }

  it('sees the certificate of a server that wants one of us', async () => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const server: tls.Server = tls.createServer({
        ...leaf,
        requestCert: true,
        rejectUnauthorized: true,
        ca: root.cert,
        maxVersion,
      });
      assert.deepEqual(subjects(await chainSeen(server)), ['CN=portal.test'], maxVersion);
    }
  });
});

describe('tls-chain, where there is none', () => {
  const answering = (bytes: Buffer) => net.createServer((socket) => socket.once('data', () => socket.end(bytes)));
  const sslv3 = Buffer.concat([
    Buffer.from('160300002a020000260300', 'hex'),
    Buffer.alloc(33),
    Buffer.from('000500', 'hex'),
  ]);
  const cases: Readonly<Record<string, readonly [net.Server, Obstacle['reason'], RegExp]>> = {
    'plain HTTP': [answering(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')), 'malformed', /no TLS/],
    'SSLv3 only': [answering(sslv3), 'malformed', /too old/],
    'a refusal of every version of ours': [answering(Buffer.from('15030000020246', 'hex')), 'malformed', /too old/],
    'no suite in common': [answering(Buffer.from('15030300020228', 'hex')), 'malformed', /no suite in common/],
    'an unknown name': [answering(Buffer.from('15030300020270', 'hex')), 'refused', /name/],
    'hanging up': [net.createServer((socket) => socket.destroy()), 'reset', /./],
  };
  for (const [name, [server, reason, detail]] of Object.entries(cases)) {
    it(`says why it saw nothing: ${name}`, async () => {
      const obstacle = await obstacleSeen(server);
      assert.equal(obstacle.reason, reason, obstacle.detail);
      assert.match(obstacle.detail, detail);
    });
  }

  it('does not wait for ever', async () => {
    const [seen] = await look(net.createServer(), [], AbortSignal.timeout(100));
    assert.equal(seen?.kind === 'obstacle' && seen.reason, 'timed-out');
  });
});
