import assert from 'node:assert/strict';
import net, { type Socket } from 'node:net';
import { describe, it } from 'node:test';
import tls, { type TlsOptions } from 'node:tls';
import { type ObservationOf, type Obstacle, ofKind, Sighting, type TlsVersion } from '../../model/observation.ts';
import { tlsSuiteName } from '../../parsers/tls-suites.ts';
import { issue, noOpenssl, RSA_2048 } from '../../testing/certificates.ts';
import { loopbackContext, serving } from '../../testing/loopback-wire.ts';
import { given, mark } from '../../testing/sightings.ts';
import type { Context } from '../probe.ts';
import { WireTrouble } from '../wire/wire.ts';
import probe from './probe.ts';

const [action = assert.fail()] = probe.plan({ given, seen: [], seed: 'seed' });

interface Seen {
  readonly offer: ObservationOf<'tls-offer'>;
  readonly obstacle: Obstacle | undefined;
}

async function look(context: Context, signal = AbortSignal.timeout(20_000)): Promise<Seen> {
  const seen = (await Array.fromAsync(probe.run(action, context, signal))).map((one) => Sighting.parse(one));
  const [offer = assert.fail('no offer')] = ofKind('tls-offer', seen);
  assert.ok(offer.handshakes <= 57);
  return { offer, obstacle: ofKind('obstacle', seen)[0] };
}

const states = ({ versions }: Seen['offer']) => Object.fromEntries(versions.map(({ version, is }) => [version, is]));
const accepted = ({ suites }: Seen['offer'], of: TlsVersion) =>
  suites.find(({ version }) => version === of)?.accepted.map(tlsSuiteName) ?? [];
const NONE = {
  SSLv3: 'refused',
  'TLSv1.0': 'refused',
  'TLSv1.1': 'refused',
  'TLSv1.2': 'refused',
  'TLSv1.3': 'refused',
};

describe('tls-offer, against Node', { skip: noOpenssl }, () => {
  const seeing = (options: TlsOptions) => {
    const { key, cert } = issue({ subject: '/CN=portal.test', key: RSA_2048 });
    return serving(tls.createServer({ key, cert, ...options }), (port) => look(loopbackContext(port)));
  };

  it('finds the versions and suites of a modern server', async () => {
    const ciphers =
      'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384';
    const { offer, obstacle } = await seeing({ minVersion: 'TLSv1.2', ciphers });
    assert.deepEqual(states(offer), { ...NONE, 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' });
    assert.deepEqual(
      new Set(accepted(offer, 'TLSv1.2')),
      new Set(['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256']),
    );
    assert.deepEqual(
      new Set(accepted(offer, 'TLSv1.3')),
      new Set(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384']),
    );
    assert.ok(offer.suites.every(({ complete }) => complete));
    assert.equal(obstacle, undefined);
  });

  it('finds an anonymous suite, a fixed RSA key and old versions beside a good one', async () => {
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:AECDH-AES128-SHA:@SECLEVEL=0';
    const { offer, obstacle } = await seeing({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
      honorCipherOrder: true,
      ciphers,
    });
    const old = ['TLS_ECDH_anon_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
    assert.deepEqual(accepted(offer, 'TLSv1.0').sort(), old);
    assert.deepEqual(accepted(offer, 'TLSv1.1').sort(), old);
    assert.deepEqual(accepted(offer, 'TLSv1.2').sort(), [...old, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'].sort());
    assert.equal(accepted(offer, 'TLSv1.2')[0], 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    assert.deepEqual([offer.suites.every(({ complete }) => complete), obstacle], [true, undefined]);
  });

  it('keeps to its handshakes, says that the list is cut, and has asked for the worst by then', async () => {
    const { offer } = await seeing({
      minVersion: 'TLSv1',
      ciphers: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
      maxVersion: 'TLSv1.2',
    });
    assert.equal(offer.handshakes, 57);
    assert.ok(offer.suites.some(({ complete }) => !complete));
    assert.ok(accepted(offer, 'TLSv1.2').some((name) => name.includes('_anon_')));
    assert.ok(accepted(offer, 'TLSv1.2').some((name) => name.includes('_NULL_')));
  });

  it('finds ECDSA suites', async () => {
    const { offer } = await seeing({
      ...issue({ subject: '/CN=portal.test' }),
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    });
    assert.deepEqual(accepted(offer, 'TLSv1.2'), ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384']);
  });
});

/** The suites and the version of a ClientHello; enough for a server that is not picky. */
function readHello(bytes: Buffer): { wireVersion: number; isTls13: boolean; suites: number[] } {
  const wireVersion = bytes.readUInt16BE(9);
  const at = 44 + bytes.readUInt8(43);
  const suites = Array.from({ length: bytes.readUInt16BE(at) / 2 }, (_, index) =>
    bytes.readUInt16BE(at + 2 + 2 * index),
  );
  return { wireVersion, isTls13: bytes.includes(Buffer.from('002b0003020304', 'hex')), suites };
}

function helloOf(wireVersion: number, suite: number): Buffer {
  const head = Buffer.alloc(9 + 2 + 32 + 1 + 2 + 1);
  head.writeUIntBE(0x160300, 0, 3);
  head.writeUInt16BE(head.length - 5, 3);
  head.writeUInt8(2, 5);
  head.writeUIntBE(head.length - 9, 6, 3);
  head.writeUInt16BE(wireVersion, 9);
  head.writeUInt16BE(suite, 44);
  return head;
}
const alert = (description: number) => Buffer.from([21, 3, 1, 0, 2, 2, description]);

/** A server of our own bytes; it speaks what no TLS library of today can. */
const canned = (speak: (hello: ReturnType<typeof readHello>, socket: Socket, count: number) => void) => {
  let count = 0;
  return net.createServer((socket) => socket.once('data', (bytes) => speak(readHello(bytes), socket, ++count)));
};
/** Takes these suites at that version, and refuses the rest as OpenSSL does. */
const taking =
  (
    wireVersion: number,
    ours: readonly number[],
    refuse: (socket: Socket) => void = (socket) => socket.end(alert(40)),
  ) =>
  (hello: ReturnType<typeof readHello>, socket: Socket) => {
    const suite = ours.find((code) => hello.suites.includes(code));
    if (hello.wireVersion !== wireVersion || hello.isTls13) socket.end(alert(70));
    else if (suite === undefined) refuse(socket);
    else socket.end(helloOf(wireVersion, suite));
  };
const seeing = (server: net.Server) => serving(server, (port) => look(loopbackContext(port)));

describe('tls-offer, against bytes', () => {
  it('sees SSLv3 with RC4 and 3DES, which no TLS library of today can offer', async () => {
    const { offer, obstacle } = await seeing(canned(taking(0x0300, [0x0005, 0x000a])));
    assert.deepEqual(states(offer), { ...NONE, SSLv3: 'accepted' });
    assert.deepEqual(accepted(offer, 'SSLv3'), ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA']);
    assert.equal(obstacle, undefined);
  });

  it('sees an export suite in TLS 1.0 and a suite that hardly anybody has', async () => {
    const { offer } = await seeing(canned(taking(0x0301, [0x0003, 0xc020])));
    assert.deepEqual(accepted(offer, 'TLSv1.0').sort(), [
      'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
      'TLS_SRP_SHA_WITH_AES_256_CBC_SHA',
    ]);
  });

  it('takes a hang-up for a refusal while the server goes on taking the rest', async () => {
    const { offer, obstacle } = await seeing(canned(taking(0x0303, [0xc02f], (socket) => socket.resetAndDestroy())));
    assert.deepEqual(offer.suites, [{ version: 'TLSv1.2', accepted: [0xc02f], complete: true }]);
    assert.equal(obstacle, undefined);
  });

  it('does not take it for one when the server has had enough of us', async () => {
    const speak = taking(0x0303, [0xc02f, 0x0005]);
    const server = canned((hello, socket, count) => (count > 5 ? socket.destroy() : speak(hello, socket)));
    const { offer, obstacle } = await seeing(server);
    assert.equal(offer.suites[0]?.complete, false);
    assert.equal(obstacle?.reason, 'reset');
  });

  it('tells silence from refusal', async () => {
    const speak = taking(0x0303, [0xc02f]);
    const server = canned((hello, socket) => (hello.wireVersion === 0x0300 ? undefined : speak(hello, socket)));
    const { offer, obstacle } = await serving(server, (port) => look(loopbackContext(port), AbortSignal.timeout(400)));
    assert.deepEqual(states(offer), { ...NONE, SSLv3: 'unanswered', 'TLSv1.2': 'accepted' });
    assert.deepEqual([obstacle?.reason, obstacle?.subject], ['timed-out', 'tls portal.test:443']);
  });

  const nothing: Readonly<Record<string, readonly [net.Server, Obstacle['reason'], string]>> = {
    'plain HTTP': [canned((_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 'malformed', 'unanswered'],
    'hanging up on everybody': [canned((_, socket) => socket.destroy()), 'reset', 'refused'],
    'refusing everybody': [canned((_, socket) => socket.end(alert(112))), 'refused', 'refused'],
    'a suite nobody offered': [
      canned((hello, socket) => socket.end(helloOf(hello.wireVersion, 0x0a0a))),
      'malformed',
      'unanswered',
    ],
  };
  for (const [name, [server, reason, is]] of Object.entries(nothing)) {
    it(`lets nothing pass on ${name}`, async () => {
      const { offer, obstacle } = await seeing(server);
      assert.deepEqual([obstacle?.reason, offer.versions[0]?.is, offer.suites], [reason, is, []]);
    });
  }

  it('sends a key share to a TLS 1.3 server that wants one, and takes an older version for a refusal', async () => {
    const tls13 = Buffer.from('16030300320200002e0303', 'hex');
    const share = Buffer.from('0024001d0020', 'hex');
    const server = net.createServer((socket) => {
      socket.once('data', (bytes) => {
        const { isTls13, suites } = readHello(bytes);
        if (!isTls13) socket.end(helloOf(0x0301, 0x002f));
        else if (!bytes.includes(share)) socket.end(alert(50));
        else if (!suites.includes(0x1301)) socket.end(alert(40));
        else
          socket.end(
            Buffer.concat([tls13, Buffer.alloc(32, 7), Buffer.from([0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4])]),
          );
      });
    });
    const { offer } = await seeing(server);
    assert.deepEqual(accepted(offer, 'TLSv1.3'), ['TLS_AES_128_GCM_SHA256']);
    assert.deepEqual(states(offer), { ...NONE, 'TLSv1.0': 'accepted', 'TLSv1.3': 'accepted' });
  });

  it('lets the trouble through when there was no connection at all', async () => {
    const server = net.createServer();
    const port = await serving(server, (open) => Promise.resolve(open));
    await assert.rejects(
      look(loopbackContext(port)),
      (cause) => cause instanceof WireTrouble && cause.reason === 'refused',
    );
  });

  it('stops where the wire ends its budget, and says that it did not see', async () => {
    await serving(canned(taking(0x0303, [0xc02f, 0x002f])), async (port) => {
      const context = loopbackContext(port);
      let left = 6;
      const connect: Context['wire']['connect'] = (to, signal) => {
        left -= 1;
        return left < 0 ? Promise.reject(new WireTrouble('budget-spent', 'spent')) : context.wire.connect(to, signal);
      };
      const { offer } = await look({ ...context, wire: { ...context.wire, connect } });
      assert.deepEqual(
        offer.suites.map(({ complete }) => complete),
        [false],
      );
    });
  });
});

describe('the plan of tls-offer', () => {
  const none = (host: string, type: 'A' | 'AAAA'): ObservationOf<'dns-answer'> => ({
    kind: 'dns-answer',
    ...mark(`name ${host}`),
    host,
    type,
    is: 'no-such-name',
    records: [],
  });

  it('has one action for each host, and none for a host that is in no DNS', () => {
    const hosts = [
      ...given.hosts,
      { host: 'gone.test', role: 'api' as const },
      { host: 'half.test', role: 'api' as const },
    ];
    const seen = [none('gone.test', 'A'), none('gone.test', 'AAAA'), none('half.test', 'A')];
    const planned = probe.plan({ given: { ...given, hosts }, seen, seed: 'seed' });
    assert.deepEqual(
      planned.map(({ endpoint }) => endpoint),
      ['portal.test:443', 'half.test:443'],
    );
    assert.equal(probe.templates({ ...given, hosts })[0]?.ceiling, 3 * 57);
  });
});
