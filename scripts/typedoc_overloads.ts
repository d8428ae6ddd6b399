/**
 * The overloads of a loss on its API page. `export const f = op({f_})` has its docs on f, so
 * typedoc would list each parameter once from them and again, without a word, below each overload.
 */
import {
  type Application,
  Comment,
  Converter,
  type DeclarationReflection,
  ReferenceType,
  ReflectionKind,
  type SignatureReflection,
} from 'typedoc';

const OPTIONS_IN_PLACE_OF_WEIGHTS = 'The same, with the options third and `weights` among them.';

/** A plugin of typedoc. */
export function load({converter}: Application): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({project}) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Function)) {
      const {signatures = []} = reflection as DeclarationReflection;
      if (signatures.length < 2) continue;
      // These are the other overloads again, for reductions to a scalar.
      signatures.filter(isToScalar).forEach((each) => project.removeReflection(each));
      const [first, ...others] = signatures.filter((each) => !isToScalar(each));
      first.comment = reflection.comment;
      delete reflection.comment;
      for (const other of others) {
        other.comment = new Comment([{kind: 'text', text: OPTIONS_IN_PLACE_OF_WEIGHTS}]);
      }
    }
  });
}

function isToScalar({parameters = []}: SignatureReflection): boolean {
  return parameters.some(({type}) => type instanceof ReferenceType && type.name === 'ToScalar');
}
