// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Identity of a quoting enclave, version 2, as Intel's provisioning certification service answers.
 *
 * @param id {@code QE}, {@code TD_QE} or {@code QVE}
 * @param miscSelect raw bytes, 4
 * @param attributes raw bytes, 16
 * @param levels highest first
 */
public record EnclaveIdentity(
    String id,
    Instant issueDate,
    Instant nextUpdate,
    int evaluationNumber,
    Bytes miscSelect,
    Bytes miscSelectMask,
    Bytes attributes,
    Bytes attributesMask,
    Bytes mrSigner,
    int isvProdId,
    List<SvnLevel> levels) {
  private static final String FORMAT = "enclave identity";

  public EnclaveIdentity {
    levels = List.copyOf(levels);
  }

  /**
   * @param text exactly the object that is signed
   * @throws MalformedEvidenceException on any other form
   */
  public static EnclaveIdentity parse(String text) {
    Json.Obj json = Json.parse(text.getBytes(StandardCharsets.UTF_8)).asObject(FORMAT);
    json.only(
        "id",
        "version",
        "issueDate",
        "nextUpdate",
        "tcbEvaluationDataNumber",
        "miscselect",
        "miscselectMask",
        "attributes",
        "attributesMask",
        "mrsigner",
        "isvprodid",
        "tcbLevels");
    if (Numbers.unsigned(json, "version", 1000) != 2) {
      throw new MalformedEvidenceException(FORMAT, "version", -1, "is not 2");
    }
    return new EnclaveIdentity(
        json.string("id"),
        Numbers.time(json, "issueDate"),
        Numbers.time(json, "nextUpdate"),
        Numbers.unsigned(json, "tcbEvaluationDataNumber", Integer.MAX_VALUE),
        Numbers.hex(json, "miscselect", 4),
        Numbers.hex(json, "miscselectMask", 4),
        Numbers.hex(json, "attributes", 16),
        Numbers.hex(json, "attributesMask", 16),
        Numbers.hex(json, "mrsigner", 32),
        Numbers.unsigned(json, "isvprodid", 65535),
        SvnLevel.readAll(json.array("tcbLevels")));
  }
}
