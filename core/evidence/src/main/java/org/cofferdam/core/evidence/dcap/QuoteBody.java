// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/** What a quote is about: an enclave or a trust domain. */
public sealed interface QuoteBody permits SgxReportBody, TdReportBody {

  /** 64 bytes that the software chose. */
  Bytes reportData();

  /** Every field by its name in the specification. */
  Json.Obj fields();
}
