package org.weftdb.bench.peers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bench.peers.Specification.Workload;

/** When two answers are the same: see "Answers" in {@code bench/peers/README.md}. */
final class Answers {
  private static final int CHECKSUM_DIGITS = 12;

  private Answers() {}

  /** The answer to a query of a row that reads as text. */
  static String text(Peer.Rows rows, Workload workload) {
    return workload.check().equals("count")
        ? String.valueOf(rows.size())
        : text(rows, workload.ordered());
  }

  static String text(Peer.Rows rows, boolean ordered) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> values = new ArrayList<>();
      for (Object value : rows.values(i)) {
        values.add(text(value));
      }
      lines.add(String.join("\u001f", values));
    }
    if (!ordered) {
      Collections.sort(lines);
    }
    return String.join("\n", lines);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case Double number -> String.valueOf(Math.round(number * 1e6));
      case Long number -> String.valueOf(number * 1_000_000);
      case null, default -> String.valueOf(value);
    };
  }

  static String checksum(List<String> answers) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\u001e", answers).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, CHECKSUM_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
