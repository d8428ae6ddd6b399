/** npm run bundle: what the package adds to a bundle, into docs/backends.md. */
import {writeBetweenMarks} from '../write_between_marks';
import {measure, sizeOfTf} from './measure';
import {bundleText} from './table';

const text = bundleText(await measure(), await sizeOfTf());
await writeBetweenMarks('docs/backends.md', 'bundle', text);
console.log(text);
