// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

/**
 * Input that does not have the form its format demands. Every parser of the platform throws this
 * and nothing else, and names the format, the field and the byte offset at which reading stopped.
 */
public final class MalformedEvidenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String format;
  private final String field;
  private final long offset;

  /**
   * @param format name of the format, for example {@code TPMS_ATTEST}
   * @param field name of the field as its specification spells it
   * @param offset byte offset from the start of the input, or -1 where a text format has none
   * @param problem what is wrong, as the end of a sentence
   */
  public MalformedEvidenceException(String format, String field, long offset, String problem) {
    super(format + ": " + field + (offset < 0 ? "" : " at offset " + offset) + ": " + problem);
    this.format = format;
    this.field = field;
    this.offset = offset;
  }

  public String format() {
    return format;
  }

  public String field() {
    return field;
  }

  public long offset() {
    return offset;
  }
}
