import { describe, expect, it } from 'vitest';
import { instanceWith, understandText } from './understand-text.ts';

describe('a tracked file', () => {
  it('has its path, the weight 1 and no value that is written', () => {
    const [file] = understandText('track_file F {\nfile /var/f\n}').value.trackFiles;
    expect(file).toMatchObject({ name: 'F', path: '/var/f', weight: 1, reverse: false });
    expect(file).not.toHaveProperty('initial');
  });

  it.each([
    ['init_file', { value: 0, overwrite: false }],
    ['init_file 5 overwrite', { value: 5, overwrite: true }],
    ['init_file 5\ninit_file -7', { value: -7, overwrite: false }],
    ['init_file 5x', { value: 0, overwrite: false }],
  ])('is written at the start: %s', (line, initial) => {
    expect(understandText(`track_file F {\nfile /f\n${line}\n}`).value.trackFiles[0]?.initial).toEqual(
      initial,
    );
  });

  it.each([
    ['track_file', ''],
    ['vrrp_track_process', ''],
    ['bfd_instance', ''],
    ['bfd_instance', 'neighbor_ip nowhere'],
    ['bfd_instance', 'neighbor_ip 192.0.2.1\nsource_ip 2001:db8::1'],
  ])('or another object that lacks what it is about is said to be removed: %s { %s }', (keyword, line) => {
    expect(understandText(`${keyword} X {\n${line}\n}`).codes).toContain('KP145');
  });

  it('is the first of its name, and the second is said not to be used', () => {
    const { value, codes } = understandText('track_file F {\nfile /a\n}\ntrack_file F {\nfile /b\n}');
    expect(value.trackFiles.map(({ path }) => path)).toEqual(['/a']);
    expect(codes).toContain('KP105');
  });
});

describe('an entry that tracks', () => {
  const definitions = [
    'track_file F {\nfile /f\n}',
    'vrrp_track_process P {\nprocess p\n}',
    'bfd_instance B {\nneighbor_ip 192.0.2.9\n}',
  ].join('\n');
  const entries = 'track_file {\nF\n}\ntrack_process {\nP\n}\ntrack_bfd {\nB\n}';
  const lists = ['trackFiles', 'trackProcesses', 'trackBfds'] as const;

  it('a file, a process or a session has the weight of its type', () => {
    const { instance } = instanceWith(entries, definitions);
    expect(lists.map((list) => instance[list][0]?.weight)).toEqual([1, 0, 0]);
  });

  it('what is not defined before it is ignored with a message', () => {
    const { instance, codes, ignored } = instanceWith(entries);
    expect(lists.flatMap((list) => instance[list])).toEqual([]);
    expect(codes.filter((code) => code === 'KP112')).toHaveLength(3);
    expect(ignored).toHaveLength(3);
  });

  it('a session that informs the checker alone is ignored', () => {
    const checker = 'bfd_instance B {\nneighbor_ip 192.0.2.9\nchecker\n}';
    expect(instanceWith('track_bfd {\nB\n}', checker).codes).toContain('KP112');
  });

  it('in an address owner loses its weight, with a message', () => {
    const { instance, codes } = instanceWith(`priority 255\n${entries}`, definitions);
    expect(instance.trackFiles).toMatchObject([{ name: 'F', weight: 0 }]);
    expect(codes).toContain('KP117');
  });
});
