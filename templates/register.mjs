// `node --import ./templates/register.mjs FILE.ts`: runs the program from its sources, templates included.
import { register } from 'node:module';
import 'tsx';

register('./load-hook.mjs', import.meta.url);
