// The command as it is published: a few lines that load the program with its compiled code.
import { loadProgram } from './load-program.ts';

loadProgram(__dirname).program.start();
