// What the database knows about a text in the editor: how to go on, and what is wrong.
import { pickedCompletion, type Completion, type CompletionSource } from '@codemirror/autocomplete';
import { linter, type Diagnostic } from '@codemirror/lint';
import type { Extension, StateEffectType } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { CompletionItem, Database } from 'weftdb';

/** The database to ask, or undefined as long as there is none. */
export type Language = () => Database | undefined;

/** How long nothing must have been typed before the text is checked. */
const CHECK_DELAY_MILLIS = 300;

/** The icons that go with kinds of items. */
const ICONS: Record<CompletionItem['kind'], string> = {
  VARIABLE: 'variable',
  PROPERTY_KEY: 'property',
  LABEL: 'class',
  RELATIONSHIP_TYPE: 'type',
  PARAMETER: 'constant',
  FUNCTION: 'function',
  PROCEDURE: 'method',
  KEYWORD: 'keyword',
};

/** Completes words by what the grammar and the graph allow. */
export function completions(language: Language): CompletionSource {
  return async ({ state, pos, explicit }) => {
    const database = language();
    const text = state.doc.toString();
    // Between words, nothing is offered that was not asked for, but behind these something must come.
    if (database === undefined || !(explicit || /[\p{L}\p{N}_:.$]$/u.test(text.slice(0, pos)))) {
      return null;
    }
    const { from, to, items } = await database.complete(text, pos);
    const typed = text.slice(from, pos);
    // A word that is finished is left alone: the next Enter is to begin a line.
    const finished = items.some((item) => item.text.toLowerCase() === typed.toLowerCase());
    if (items.length === 0 || (finished && !explicit)) {
      return null;
    }
    return {
      from,
      to,
      options: items.map(option),
      // The items begin with what was typed, and are in the order of their likelihood.
      filter: false,
      getMatch: () => [0, typed.length],
    };
  };
}

function option(item: CompletionItem): Completion {
  const completion: Completion = { label: item.text, type: ICONS[item.kind] };
  if (item.detail !== '') {
    completion.info = item.detail;
  }
  if (item.kind === 'FUNCTION' || item.kind === 'PROCEDURE') {
    completion.apply = (view, picked, from, to) => call(view, picked, { from, to });
  }
  return completion;
}

/** Puts a call there with the cursor between its parentheses, or behind them if nothing goes in. */
function call(view: EditorView, picked: Completion, place: { from: number; to: number }): void {
  const opened = view.state.sliceDoc(place.to, place.to + 1) === '(';
  const insert = opened ? picked.label : `${picked.label}()`;
  const signature = typeof picked.info === 'string' ? picked.info : '';
  const inside = opened || signature.includes('()') ? 0 : 1;
  view.dispatch({
    changes: { ...place, insert },
    selection: { anchor: place.from + insert.length - inside },
    annotations: pickedCompletion.of(picked),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
}

/**
 * Underlines all that is wrong with a text.
 *
 * @param failure what went wrong when this very text ran
 * @param recheck tells that the text is to be checked again though it is the same
 */
export function errors(
  language: Language,
  failure: () => { readonly message: string; readonly offset: number } | undefined,
  recheck: StateEffectType<unknown>,
): Extension {
  const check = async (view: EditorView): Promise<Diagnostic[]> => {
    const text = view.state.doc.toString();
    const failed = failure();
    const found = (await language()?.check(text)) ?? [];
    const diagnostics = found.map(({ message, offset, length }) =>
      diagnostic(
        text,
        message,
        offset === undefined ? { from: 0, length: text.length } : { from: offset, length },
      ),
    );
    if (failed !== undefined && !found.some(({ offset }) => offset === failed.offset)) {
      const word = /^[\p{L}\p{N}_$]+/u.exec(text.slice(failed.offset))?.[0].length ?? 1;
      diagnostics.push(diagnostic(text, failed.message, { from: failed.offset, length: word }));
    }
    return diagnostics;
  };
  return linter(check, {
    delay: CHECK_DELAY_MILLIS,
    needsRefresh: ({ transactions }) =>
      transactions.some(({ effects }) => effects.some((effect) => effect.is(recheck))),
  });
}

/** An error at a place; at the end of the text, the character before it, so that it can be seen. */
function diagnostic(
  text: string,
  message: string,
  place: { readonly from: number; readonly length: number },
): Diagnostic {
  const to = Math.min(place.from + Math.max(place.length, 1), text.length);
  const from = Math.max(0, Math.min(place.from, to - 1));
  return { from, to, message, severity: 'error' };
}
