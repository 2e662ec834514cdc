// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model.schema;

/** The type of a field. */
sealed interface FieldType {

  /** A plain value. */
  enum Plain implements FieldType {
    TEXT("a text"),
    INT("a whole number"),
    BOOL("true or false"),
    /** A quantity, or a port by number or name. */
    SCALAR("a plain value"),
    /** Not looked into. */
    ANY("anything");

    private final String words;

    Plain(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** An object with known fields. */
  record Fields(String type) implements FieldType {}

  /** A list. */
  record ListOf(FieldType item) implements FieldType {}

  /** An object with free keys. */
  record MapOf(FieldType value) implements FieldType {}

  static FieldType parse(String word) {
    if (word.endsWith("[]")) {
      return new ListOf(parse(word.substring(0, word.length() - 2)));
    }
    if (word.endsWith("{}")) {
      return new MapOf(parse(word.substring(0, word.length() - 2)));
    }
    return switch (word) {
      case "text" -> Plain.TEXT;
      case "int" -> Plain.INT;
      case "bool" -> Plain.BOOL;
      case "scalar" -> Plain.SCALAR;
      case "any" -> Plain.ANY;
      default -> new Fields(word);
    };
  }
}
