package org.weftdb.cypher.function.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.weftdb.cypher.function.regex.RegexNode.At;
import org.weftdb.cypher.function.regex.RegexNode.Choice;
import org.weftdb.cypher.function.regex.RegexNode.Literal;
import org.weftdb.cypher.function.regex.RegexNode.OneOf;
import org.weftdb.cypher.function.regex.RegexNode.Place;
import org.weftdb.cypher.function.regex.RegexNode.Repeat;
import org.weftdb.cypher.function.regex.RegexNode.Sequence;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A pattern as instructions. Each has a code and one or two operands:
 *
 * <pre>
 * CHARACTER c    consume the code point c, go on
 * SET i          consume a code point of set i, go on
 * JUMP t         go on at t
 * SPLIT t u      go on at t and at u
 * PLACE p        go on if the place is so
 * ACCEPT         the text matches if it ends here
 * </pre>
 */
final class RegexProgram {
  static final int CHARACTER = 0;
  static final int SET = 1;
  static final int JUMP = 2;
  static final int SPLIT = 3;
  static final int PLACE = 4;
  static final int ACCEPT = 5;

  /** Repetition is unrolled, so that a short pattern could become a program of any size. */
  private static final int MAX_INSTRUCTIONS = 20_000;

  private final String pattern;
  private int[] codes = new int[16];
  private int[] first = new int[16];
  private int[] second = new int[16];
  private final List<CharSet> sets = new ArrayList<>();
  private int size;

  RegexProgram(String pattern, RegexNode root) {
    this.pattern = pattern;
    emit(root);
    add(ACCEPT, 0, 0);
  }

  int size() {
    return size;
  }

  int code(int index) {
    return codes[index];
  }

  int first(int index) {
    return first[index];
  }

  int second(int index) {
    return second[index];
  }

  List<CharSet> sets() {
    return sets;
  }

  private int add(int code, int a, int b) {
    if (size == MAX_INSTRUCTIONS) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the regular expression '" + pattern + "' is too large, or repeats too often");
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      first = Arrays.copyOf(first, size * 2);
      second = Arrays.copyOf(second, size * 2);
    }
    codes[size] = code;
    first[size] = a;
    second[size] = b;
    return size++;
  }

  private void emit(RegexNode node) {
    switch (node) {
      case Literal literal -> add(CHARACTER, literal.codePoint(), 0);
      case OneOf oneOf -> {
        sets.add(oneOf.set());
        add(SET, sets.size() - 1, 0);
      }
      case At at -> add(PLACE, at.place().ordinal(), 0);
      case Sequence sequence -> {
        for (RegexNode part : sequence.parts()) {
          emit(part);
        }
      }
      case Choice choice -> emitChoice(choice.options());
      case Repeat repeat -> emitRepeat(repeat);
    }
  }

  private void emitChoice(List<RegexNode> options) {
    int[] jumps = new int[options.size() - 1];
    for (int i = 0; i < jumps.length; i++) {
      int split = add(SPLIT, size + 1, 0);
      emit(options.get(i));
      jumps[i] = add(JUMP, 0, 0);
      second[split] = size;
    }
    emit(options.get(jumps.length));
    for (int jump : jumps) {
      first[jump] = size;
    }
  }

  private void emitRepeat(Repeat repeat) {
    // A body that compiles to nothing would otherwise be unrolled two billion times for nothing.
    int before = size;
    for (int i = 0; i < repeat.minimum(); i++) {
      emit(repeat.body());
      if (size == before) {
        return;
      }
    }
    if (repeat.maximum() == Repeat.UNLIMITED) {
      int split = add(SPLIT, size + 1, 0);
      emit(repeat.body());
      add(JUMP, split, 0);
      second[split] = size;
      return;
    }
    List<Integer> splits = new ArrayList<>();
    for (int i = repeat.minimum(); i < repeat.maximum(); i++) {
      splits.add(add(SPLIT, size + 1, 0));
      emit(repeat.body());
    }
    for (int split : splits) {
      second[split] = size;
    }
  }

  /** The place of a {@link #PLACE} instruction. */
  static Place place(int ordinal) {
    return PLACES[ordinal];
  }

  private static final Place[] PLACES = Place.values();
}
