// The command from its sources: npm run dev.
import { start } from './start.ts';

start();
