// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

/** The guest will not start the pod. The sentence holds nothing secret; the code is stable. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String sentence;

  /**
   * @param code for example {@code request-differs}
   * @param sentence what happened
   */
  public Refusal(String code, String sentence) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }
}
