package org.weftdb.cypher.function.regex;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/**
 * A regular expression that is looked for in texts, with what its groups captured: the leftmost
 * match, and of those that begin there the one that a backtracking search would find first.
 *
 * <p>What is matched is what java.util.regex matches; only a group in a loop whose turns can be
 * empty may have captured the turn before an empty one.
 *
 * <p>One search takes time proportional to the length of the text times the size of the pattern. It
 * holds working memory and belongs to one thread at a time.
 */
public final class RegexSearch {
  private static final int STEPS_BETWEEN_REPORTS = 4096;

  /** Every thread of the search has the slots of all groups. */
  private static final int MAX_SLOTS = 2_000_000;

  /** Instructions that wait for a character, the preferred first, each with its slots. */
  private static final class Threads {
    final int[] instructions;
    final int[][] slots;
    int size;

    Threads(int capacity) {
      instructions = new int[capacity];
      slots = new int[capacity][];
    }
  }

  private final RegexProgram program;
  private final RegexSets sets;
  private final int groups;
  private Threads current;
  private Threads next;

  /** For each instruction the last step in which it was reached. */
  private final int[] reached;

  private int step;
  private final int[] stack;
  private final int[][] stackSlots;

  private RegexSearch(RegexProgram program, int groups) {
    this.program = program;
    this.groups = groups;
    sets = new RegexSets(program.sets());
    current = new Threads(program.size());
    next = new Threads(program.size());
    reached = new int[program.size()];
    stack = new int[2 * program.size() + 2];
    stackSlots = new int[stack.length][];
  }

  /** Compiles a pattern; errors as those of {@link Regex#compile}. */
  public static RegexSearch compile(String pattern) {
    RegexParser parser = new RegexParser(pattern);
    RegexProgram program = new RegexProgram(pattern, parser.parse(), true);
    if ((long) program.size() * (parser.groups() + 1) > MAX_SLOTS) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the regular expression '"
              + Texts.shortened(pattern)
              + "' has too many groups for its size");
    }
    return new RegexSearch(program, parser.groups());
  }

  /** How many groups the pattern has, the whole match not counted. */
  public int groups() {
    return groups;
  }

  /**
   * The first match from a place on.
   *
   * @param from where the search begins, in UTF-16 code units
   * @param work is told now and then how many steps were taken since, and may throw to stop
   * @return where group n begins (at 2n) and ends (at 2n + 1), -1 when it took no part, group 0
   *     being the whole match; null when there is no match
   */
  public int @Nullable [] find(String text, int from, IntConsumer work) {
    int steps = 0;
    int[] match = null;
    next.size = 0;
    for (int at = from; ; ) {
      Threads waiting = next;
      next = current;
      current = waiting;
      beginStep();
      // The threads that wait here are entered before a match that would begin here.
      int c = at < text.length() ? text.codePointAt(at) : -1;
      int after = at + (c > 0xFFFF ? 2 : 1);
      if (match == null) {
        enterStart(current, text, from, at);
      }
      if (current.size == 0 && match != null) {
        break;
      }
      beginStep();
      next.size = 0;
      steps += current.size;
      if (steps >= STEPS_BETWEEN_REPORTS) {
        work.accept(steps);
        steps = 0;
      }
      for (int i = 0; i < current.size; i++) {
        int index = current.instructions[i];
        int[] slots = current.slots[i];
        if (program.code(index) == RegexProgram.ACCEPT) {
          match = Arrays.copyOf(slots, slots.length);
          match[1] = at;
          break;
        }
        int operand = program.first(index);
        if (c >= 0
            && (program.code(index) == RegexProgram.CHARACTER
                ? operand == c
                : sets.contains(operand, c))) {
          follow(next, index + 1, slots, text, from, after);
        }
      }
      if (c < 0) {
        break;
      }
      at = after;
    }
    work.accept(steps);
    return match;
  }

  /** Adds a match that begins here, behind the threads that are there. */
  private void enterStart(Threads threads, String text, int from, int at) {
    for (int i = 0; i < threads.size; i++) {
      reached[threads.instructions[i]] = step;
    }
    int[] slots = new int[2 * groups + 2];
    Arrays.fill(slots, -1);
    slots[0] = at;
    follow(threads, 0, slots, text, from, at);
  }

  private void beginStep() {
    if (++step < 0) {
      Arrays.fill(reached, 0);
      step = 1;
    }
  }

  /** Adds what is reached from an instruction at a place of the text without a character. */
  private void follow(Threads to, int start, int[] startSlots, String text, int from, int at) {
    int top = 0;
    stack[top] = start;
    stackSlots[top++] = startSlots;
    while (top > 0) {
      int index = stack[--top];
      int[] slots = stackSlots[top];
      if (reached[index] == step) {
        continue;
      }
      reached[index] = step;
      switch (program.code(index)) {
        case RegexProgram.JUMP -> top = push(top, program.first(index), slots);
        case RegexProgram.SPLIT -> {
          top = push(top, program.second(index), slots);
          top = push(top, program.first(index), slots);
        }
        case RegexProgram.PLACE -> {
          if (RegexPlaces.is(RegexProgram.place(program.first(index)), text, from, at)) {
            top = push(top, index + 1, slots);
          }
        }
        case RegexProgram.SAVE -> {
          int[] changed = Arrays.copyOf(slots, slots.length);
          changed[program.first(index)] = at;
          top = push(top, index + 1, changed);
        }
        default -> {
          to.instructions[to.size] = index;
          to.slots[to.size++] = slots;
        }
      }
    }
  }

  private int push(int top, int index, int[] slots) {
    stack[top] = index;
    stackSlots[top] = slots;
    return top + 1;
  }
}
