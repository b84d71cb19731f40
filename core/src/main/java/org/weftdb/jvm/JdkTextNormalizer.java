package org.weftdb.jvm;

import java.text.Normalizer;
import org.weftdb.value.TextNormalizer;

/** The normalization of Unicode that the running JDK has. For any number of threads. */
public final class JdkTextNormalizer implements TextNormalizer {
  @Override
  public String normalize(String text, Form form) {
    return Normalizer.normalize(text, Normalizer.Form.valueOf(form.name()));
  }
}
