/** In the gate properties try the same cases each time, so that a failure there is one of the change; elsewhere each run tries others, and prints its seed when it fails. */
import fc from 'fast-check';

if (process.env['CI'] !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_101 });
