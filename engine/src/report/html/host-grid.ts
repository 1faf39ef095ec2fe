import type { RunRecord } from '../../model/run-record.ts';
import { day } from '../moments.ts';
import { type Html, html, line } from './html-escape.ts';
import { section } from './section.ts';
import { table } from './table.ts';

type HostRow = RunRecord['pictures']['hosts'][number];

const ROWS_MAX = 100;

/** Host × what it answers with. It shows what was seen and judges nothing: the rows do. */
export function hostGrid({ pictures, standing }: RunRecord): Html {
  const hosts = pictures.hosts;
  return section({
    id: 'hosts',
    title: 'Hosts',
    standing,
    intro: hosts.length === 0 ? 'No host was looked at.' : 'What each host answers with. Hatched cells were not seen.',
    body:
      hosts.length === 0
        ? []
        : table({
            caption: 'Every host, its ports and its certificate',
            head: ['Host', 'Port 80', 'Port 443', 'HSTS', 'Protocols', 'Chain', 'Certificate until'],
            look: 'grid',
            rows: hosts.slice(0, ROWS_MAX).map(gridRow),
            of: hosts.length,
            what: 'host',
          }),
  });
}

function gridRow(row: HostRow): readonly Html[] {
  return [
    html`<code>${line(row.host, 120)}</code><span class="muted small">${row.role}${row.published === false && ', not in the DNS'}${row.addresses.length > 0 && html`, ${line(row.addresses.slice(0, 3).join(', '), 80)}${row.addresses.length > 3 && ` and ${row.addresses.length - 3} more`}`}</span>`,
    cell(row.port80),
    cell(row.port443),
    cell(row.hsts),
    cell(row.protocols === null ? null : row.protocols.length === 0 ? 'none accepted' : row.protocols.join(', ')),
    cell(row.chain),
    expiry(row),
  ];
}

function cell(says: string | null): Html {
  return says === null ? html`<span class="unseen">not seen</span>` : line(says, 140);
}

function expiry({ certificate, daysLeft }: HostRow): Html {
  if (certificate === null) return cell(null);
  const left = daysLeft === null ? '' : daysLeft < 0 ? `ran out ${-daysLeft} days ago` : `${daysLeft} days left`;
  return html`${day(certificate.notAfter)}<span class="muted small">${left}${left !== '' && ', '}by ${line(certificate.issuer, 60)}</span>`;
}
