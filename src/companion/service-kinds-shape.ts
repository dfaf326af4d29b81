import { list, mapping, needed, optional } from './collection-shapes.ts';
import type { MountedFilesystem, NfsExport, NfsService, NginxService } from './companion.ts';
import { text } from './scalar-shapes.ts';
import { made, named, type Shape, said } from './shape.ts';
import { line, path } from './texts.ts';

const mounted = {
  device: 'The block device, or what mount(8) takes in its place.',
  directory: 'Where it is mounted.',
  type: 'The type of the file system.',
  options: 'Options of mount(8).',
} as const;

export const filesystem: Shape<MountedFilesystem> = named(
  'filesystem',
  'A file system',
  made(
    mapping({
      device: needed(line, mounted.device),
      directory: needed(path, mounted.directory),
      type: needed(line, mounted.type),
      options: optional(line, mounted.options),
    }),
    ({ device, directory, type, options }) => ({ device, directory, type, ...said({ options }) }),
  ),
);

const nfsExport: Shape<NfsExport> = named(
  'export',
  'An export',
  made(
    mapping({
      directory: needed(path, 'What is exported.'),
      clients: needed(line, 'To whom, as in exports(5): `10.0.0.0/24`, `*`.'),
      options: optional(line, 'Options of exports(5).'),
      fsid: optional(
        text({ takes: 'a number or a UUID', pattern: /^[0-9A-Fa-f-]+$/, numbers: true }),
        'Names the export to its clients, alike on all nodes; by its place in the list, from 1, if not said.',
      ),
    }),
    ({ directory, clients, options, fsid }) => ({ directory, clients, ...said({ options, fsid }) }),
  ),
);

export const nfs: Shape<NfsService> = named(
  'nfs',
  'An NFS server',
  made(
    mapping({
      filesystem: optional(filesystem, 'What is mounted first; left out where the data is on every node.'),
      state: optional(
        path,
        'Where the server keeps the locks of its clients; `nfsinfo` in the directory of the file system if not said.',
      ),
      exports: needed(list(nfsExport), 'What is exported, in this order.'),
    }),
    ({ filesystem: disk, state, exports }) => ({ ...said({ filesystem: disk, state }), exports }),
  ),
);

export const nginx: Shape<NginxService> = named(
  'nginx',
  'An nginx',
  made(
    mapping({
      configuration: optional(path, 'Its configuration; /etc/nginx/nginx.conf if not said.'),
      status: optional(line, 'The URL of a status page, which is then read every 30 s.'),
      program: optional(path, 'The program; /usr/sbin/nginx if not said.'),
    }),
    said,
  ),
);
