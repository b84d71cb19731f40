package org.weftdb.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database files of WordNet 3.1 ({@code dict/data.*} and {@code dict/index.sense}), whose
 * layout is described in the manual pages {@code wndb(5WN)} and {@code senseidx(5WN)}.
 *
 * <p>A synset's identifier is its byte offset and the letter of its file, such as {@code
 * 02086723-n}. A word's lemma is in lower case, with spaces where the files have underscores and
 * without the adjective markers {@code (a)}, {@code (p)} and {@code (ip)}.
 */
public final class WordNetFiles {
  private static final Map<String, String> PARTS_OF_SPEECH = partsOfSpeech();

  private final List<Synset> synsets;
  private final List<Sense> senses;

  private WordNetFiles(List<Synset> synsets, List<Sense> senses) {
    this.synsets = List.copyOf(synsets);
    this.senses = List.copyOf(senses);
  }

  /**
   * A set of synonyms.
   *
   * @param pos {@code n}, {@code v}, {@code a}, {@code s} (satellite adjective) or {@code r}
   * @param lemmas its words in the order of the file
   */
  public record Synset(
      String id, String pos, String gloss, List<String> lemmas, List<Pointer> pointers) {
    public Synset {
      lemmas = List.copyOf(lemmas);
      pointers = List.copyOf(pointers);
    }
  }

  /**
   * A pointer to another synset, or to a word in it.
   *
   * @param symbol as in the file, such as {@code @} or {@code #m}
   * @param sourceWord 1 and up: the word of this synset that is meant; 0: the whole synset
   * @param targetWord 1 and up: the word of the target that is meant; 0: the whole synset
   */
  public record Pointer(String symbol, String target, int sourceWord, int targetWord) {
    /** Whether the pointer is between two words rather than between two meanings. */
    public boolean lexical() {
      return sourceWord != 0;
    }
  }

  /** A word with one of its meanings; {@code number} is 1 for the most frequent one. */
  public record Sense(String lemma, String synset, int number, int tagCount) {}

  /** Every synset, by file (noun, verb, adjective, adverb) and then by offset. */
  public List<Synset> synsets() {
    return synsets;
  }

  /** Every sense in the order of {@code index.sense}. */
  public List<Sense> senses() {
    return senses;
  }

  /**
   * Reads the files.
   *
   * @param directory the folder {@code dict} that holds them
   * @throws IOException when a file is missing or a line does not follow the format; names both
   */
  public static WordNetFiles read(Path directory) throws IOException {
    List<Synset> synsets = new ArrayList<>();
    for (Map.Entry<String, String> part : PARTS_OF_SPEECH.entrySet()) {
      Path file = directory.resolve("data." + part.getKey());
      forEachLine(file, line -> synsets.add(decodeSynset(line, part.getValue())));
    }
    List<Sense> senses = new ArrayList<>();
    forEachLine(directory.resolve("index.sense"), line -> senses.add(decodeSense(line)));
    return new WordNetFiles(synsets, senses);
  }

  private interface LineHandler {
    void accept(String line);
  }

  private static void forEachLine(Path file, LineHandler handler) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        boolean licence = line.startsWith("  ");
        if (licence || line.isBlank()) {
          continue;
        }
        try {
          handler.accept(line);
        } catch (RuntimeException e) {
          throw new IOException(file + ", line " + number + ": not a WordNet line: " + line, e);
        }
      }
    }
  }

  private static Synset decodeSynset(String line, String fileLetter) {
    int bar = line.indexOf(" | ");
    String[] fields = line.substring(0, bar).split(" ");
    int wordCount = Integer.parseInt(fields[3], 16);
    List<String> lemmas = new ArrayList<>(wordCount);
    int next = 4;
    for (int i = 0; i < wordCount; i++, next += 2) {
      lemmas.add(lemma(fields[next]));
    }
    int pointerCount = Integer.parseInt(fields[next++]);
    List<Pointer> pointers = new ArrayList<>(pointerCount);
    for (int i = 0; i < pointerCount; i++, next += 4) {
      String ends = fields[next + 3];
      pointers.add(
          new Pointer(
              fields[next],
              fields[next + 1] + "-" + fields[next + 2],
              Integer.parseInt(ends.substring(0, 2), 16),
              Integer.parseInt(ends.substring(2), 16)));
    }
    String gloss = line.substring(bar + 3).strip();
    return new Synset(fields[0] + "-" + fileLetter, fields[2], gloss, lemmas, pointers);
  }

  private static Sense decodeSense(String line) {
    String[] fields = line.split(" ");
    int percent = fields[0].indexOf('%');
    String letter =
        switch (fields[0].charAt(percent + 1)) {
          case '1' -> "n";
          case '2' -> "v";
          case '3', '5' -> "a";
          case '4' -> "r";
          default -> throw new IllegalArgumentException("unknown part of speech: " + fields[0]);
        };
    return new Sense(
        lemma(fields[0].substring(0, percent)),
        fields[1] + "-" + letter,
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]));
  }

  private static String lemma(String word) {
    int marker = word.endsWith(")") ? word.lastIndexOf('(') : -1;
    String bare = marker > 0 ? word.substring(0, marker) : word;
    return bare.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> partsOfSpeech() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("noun", "n");
    map.put("verb", "v");
    map.put("adj", "a");
    map.put("adv", "r");
    return map;
  }
}
