// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * Identity of a TDX module, in TCB info.
 *
 * @param id {@code TDX_01} and so on; empty for the one without versions
 * @param mrSigner 48 bytes, compared with MRSIGNERSEAM
 * @param attributes 8 bytes, compared with SEAMATTRIBUTES under the mask
 * @param levels highest first
 */
public record TdxModule(
    String id, Bytes mrSigner, Bytes attributes, Bytes attributesMask, List<SvnLevel> levels) {
  public TdxModule {
    levels = List.copyOf(levels);
  }

  static TdxModule read(Json.Obj json, boolean versioned) {
    return new TdxModule(
        versioned ? json.string("id") : "",
        Numbers.hex(json, "mrsigner", 48),
        Numbers.hex(json, "attributes", 8),
        Numbers.hex(json, "attributesMask", 8),
        versioned ? SvnLevel.readAll(json.array("tcbLevels")) : List.of());
  }
}
