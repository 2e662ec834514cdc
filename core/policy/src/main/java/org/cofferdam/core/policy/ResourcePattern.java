// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * A resource path, {@code repository/type/tag}, in which a segment may be {@code *} for any one
 * segment.
 *
 * @param text three segments
 */
public record ResourcePattern(String text) {
  private static final String SEGMENT = "[A-Za-z0-9_-]+[A-Za-z0-9_.-]*";
  private static final String ANY = "*";
  private static final int SEGMENTS = 3;
  private static final int MAX_LENGTH = 512;

  public ResourcePattern {
    String[] segments = text.split("/", -1);
    boolean wellFormed = segments.length == SEGMENTS && text.length() <= MAX_LENGTH;
    for (String segment : segments) {
      wellFormed &= segment.equals(ANY) || segment.matches(SEGMENT);
    }
    if (!wellFormed) {
      throw new MalformedEvidenceException(
          "resource pattern", "text", -1, "is not three segments of letters, digits, _ - and .");
    }
  }

  /** True for a path of three plain segments: the only names that a resource can have. */
  public static boolean isPath(String path) {
    String[] segments = path.split("/", -1);
    boolean wellFormed = segments.length == SEGMENTS && path.length() <= MAX_LENGTH;
    for (String segment : segments) {
      wellFormed &= segment.matches(SEGMENT);
    }
    return wellFormed;
  }

  public boolean matches(String path) {
    if (!isPath(path)) {
      return false;
    }
    String[] own = text.split("/", -1);
    String[] other = path.split("/", -1);
    for (int i = 0; i < SEGMENTS; i++) {
      if (!own[i].equals(ANY) && !own[i].equals(other[i])) {
        return false;
      }
    }
    return true;
  }
}
