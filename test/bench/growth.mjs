// How time and memory grow with the input: `node test/bench/growth.mjs [INSTANCES…]`, after `npm run build`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, program, weighedRun } from './measured-run.mjs';

/** A configuration of so many instances, each with an address and a check; 250 virtual routers on an interface. */
function configuration(instances) {
  const blocks = ['vrrp_script chk {\n    script "/usr/bin/killall -0 haproxy"\n    interval 2\n}\n'];
  for (let number = 0; number < instances; number++) {
    blocks.push(`vrrp_instance VI_${number} {
    state BACKUP
    interface eth${Math.floor(number / 250)}
    virtual_router_id ${(number % 250) + 1}
    priority 100
    virtual_ipaddress {
        10.${number >> 16}.${(number >> 8) & 255}.${number & 255}/8
    }
    track_script {
        chk
    }
}
`);
  }
  return blocks.join('');
}

const words = process.argv.slice(2);
const sizes = words.length > 0 ? words.map(Number) : [1, 1000, 3000, 10_000];
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-growth-'));
try {
  console.log(`Node ${process.versions.node}, median of 3 runs; per instance: beyond the smallest\n`);
  console.log('instances      input       time   per instance     memory   per instance');
  let base;
  for (const instances of sizes) {
    const text = configuration(instances);
    const file = join(folder, `${instances}.conf`);
    writeFileSync(file, text);
    const runs = [1, 2, 3].map(() => weighedRun([program, '--color=never', file]));
    const time = median(runs.map(({ milliseconds }) => milliseconds));
    const memory = median(runs.map(({ mebibytes }) => mebibytes));
    base ??= { instances, time, memory };
    const more = instances - base.instances;
    const each = (figure, digits, unit) => (more > 0 ? `${(figure / more).toFixed(digits)} ${unit}` : '-');
    console.log(
      [
        String(instances).padStart(9),
        `${Math.round(text.length / 1000)} kB`.padStart(11),
        `${(time / 1000).toFixed(2)} s`.padStart(11),
        each(time - base.time, 2, 'ms').padStart(15),
        `${Math.round(memory)} MiB`.padStart(11),
        each((memory - base.memory) * 1024, 0, 'KiB').padStart(15),
      ].join(''),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
