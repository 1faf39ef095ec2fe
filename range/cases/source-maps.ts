import { defineCases } from '../define-cases.ts';

const MAP = 'source maps of portal.example';

export default defineCases({
  check: 'source-maps',
  faults: [
    {
      name: 'the main script names its source map, and everybody gets it',
      change: { sourceMaps: { comment: 'file', served: 'with-sources' } },
      finds: [{ problem: 'source-map-public', subject: MAP }],
    },
    {
      name: 'the source map stands in the script itself',
      change: { sourceMaps: { comment: 'inline', served: 'with-sources' } },
      finds: [{ problem: 'source-map-public', subject: MAP }],
    },
    {
      name: 'no file names the source map, but it lies beside its script',
      change: { sourceMaps: { comment: 'none', served: 'with-sources' } },
      finds: [{ problem: 'source-map-public', subject: MAP }],
    },
    {
      name: 'a header names the source map',
      change: { sourceMaps: { comment: 'header', served: 'with-sources' } },
      finds: [{ problem: 'source-map-public', subject: MAP }],
    },
    {
      name: 'the source map names the files and leaves their text out',
      change: { sourceMaps: { comment: 'file', served: 'bare' } },
      finds: [{ problem: 'source-map-names-files', subject: MAP }],
    },
  ],
  decoys: [
    {
      name: 'the main script names a source map that is kept back',
      change: { sourceMaps: { comment: 'file', served: 'absent' } },
    },
    {
      name: 'the start page answers in place of a source map',
      change: { sourceMaps: { comment: 'file', served: 'absent' }, unknownPaths: 'spa-fallback' },
    },
  ],
});
