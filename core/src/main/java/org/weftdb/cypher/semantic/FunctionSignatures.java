package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;

/** The functions that a query may call. */
public interface FunctionSignatures {
  /**
   * The signature of a function, or null when there is none.
   *
   * @param lowerCaseName the name with its namespaces in lower case
   */
  @Nullable FunctionSignature find(String lowerCaseName);

  /** The functions of both; those of the first come first. */
  static FunctionSignatures both(FunctionSignatures first, FunctionSignatures second) {
    return new FunctionSignatures() {
      @Override
      public @Nullable FunctionSignature find(String lowerCaseName) {
        FunctionSignature found = first.find(lowerCaseName);
        return found == null ? second.find(lowerCaseName) : found;
      }

      @Override
      public @Nullable String nearest(String lowerCaseName) {
        String found = first.nearest(lowerCaseName);
        return found == null ? second.nearest(lowerCaseName) : found;
      }

      @Override
      public @Nullable String whyNotSupported(String lowerCaseName) {
        return first.whyNotSupported(lowerCaseName);
      }
    };
  }

  /** The name of a function that is spelled nearly like one that is not known, or null. */
  default @Nullable String nearest(String lowerCaseName) {
    return null;
  }

  /**
   * Why a function of openCypher cannot be called here, or null when it is not one: {@code
   * point.distance() is its name}.
   *
   * @param lowerCaseName a name that {@link #find} does not know
   */
  default @Nullable String whyNotSupported(String lowerCaseName) {
    return null;
  }
}
