/** The attributes of a kernel as uniforms. No attribute is in a program's text. */
import type {GradAttrs, LossAttrs} from '../define_kernels';

/** No label is this number, so no row is ignored. */
const NO_CLASS = 0.5;

export function attrUniforms<Attrs extends LossAttrs | GradAttrs>({
  ignoreClass = NO_CLASS,
  ...attrs
}: Attrs) {
  return {...attrs, ignoreClass};
}
