// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureEngine;

/**
 * Verifies one kind of evidence. Implementations live in this module only; they throw nothing but
 * {@link MalformedEvidenceException}, which becomes a refusal.
 */
public interface FormatVerifier {

  /** The kind's name in results, for example {@code snp-report}. */
  String kind();

  /** True where the content looks like this kind: cheap, on magic numbers and shapes only. */
  boolean recognises(Evidence evidence);

  /** Looks at everything and notes it. */
  void verify(Evidence evidence, Context context);

  /** What a verification works with. */
  record Context(
      Expectations expectations,
      Endorsements endorsements,
      SignatureEngine signatures,
      Findings findings) {}
}
