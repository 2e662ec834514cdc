// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * TCB info of version 2 (SGX) or 3 (SGX, TDX), as Intel's provisioning certification service
 * answers.
 *
 * @param id {@code SGX} or {@code TDX}; version 2 has none and is SGX
 * @param levels highest first, whatever the order of the file
 * @param modules of TDX; the one without id first
 */
public record TcbInfo(
    String id,
    int version,
    Instant issueDate,
    Instant nextUpdate,
    Bytes fmspc,
    Bytes pceId,
    int evaluationNumber,
    List<TcbLevel> levels,
    List<TdxModule> modules) {
  private static final String FORMAT = "TCB info";
  private static final Comparator<List<Integer>> COMPONENTS =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = Integer.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  public TcbInfo {
    levels = List.copyOf(levels);
    modules = List.copyOf(modules);
  }

  /**
   * @param text exactly the object that is signed
   * @throws MalformedEvidenceException on any other form
   */
  public static TcbInfo parse(String text) {
    Json.Obj json = Json.parse(text.getBytes(StandardCharsets.UTF_8)).asObject(FORMAT);
    json.only(
        "id",
        "version",
        "issueDate",
        "nextUpdate",
        "fmspc",
        "pceId",
        "tcbType",
        "tcbEvaluationDataNumber",
        "tdxModule",
        "tdxModuleIdentities",
        "tcbLevels");
    int version = Numbers.unsigned(json, "version", 1000);
    if (version != 2 && version != 3) {
      throw new MalformedEvidenceException(FORMAT, "version", -1, "is not 2 or 3");
    }
    String id = version == 2 ? "SGX" : json.string("id");
    if (!id.equals("SGX") && !id.equals("TDX")) {
      throw new MalformedEvidenceException(FORMAT, "id", -1, "is not SGX or TDX");
    }
    if (Numbers.unsigned(json, "tcbType", 1000) != 0) {
      throw new MalformedEvidenceException(FORMAT, "tcbType", -1, "is not 0");
    }
    List<TdxModule> modules = new ArrayList<>();
    if (id.equals("TDX")) {
      modules.add(TdxModule.read(json.object("tdxModule"), false));
      if (json.get("tdxModuleIdentities").isPresent()) {
        json.array("tdxModuleIdentities")
            .forEach(m -> modules.add(TdxModule.read(m.asObject("module"), true)));
      }
    }
    List<TcbLevel> levels = new ArrayList<>();
    json.array("tcbLevels")
        .forEach(l -> levels.add(level(l.asObject("tcbLevels"), version, id.equals("TDX"))));
    levels.sort(
        Comparator.comparing(TcbLevel::sgx, COMPONENTS)
            .thenComparingInt(TcbLevel::pceSvn)
            .thenComparing(TcbLevel::tdx, COMPONENTS)
            .reversed());
    return new TcbInfo(
        id,
        version,
        Numbers.time(json, "issueDate"),
        Numbers.time(json, "nextUpdate"),
        Numbers.hex(json, "fmspc", 6),
        Numbers.hex(json, "pceId", 2),
        Numbers.unsigned(json, "tcbEvaluationDataNumber", Integer.MAX_VALUE),
        levels,
        modules);
  }

  private static TcbLevel level(Json.Obj level, int version, boolean tdx) {
    level.only("tcb", "tcbDate", "tcbStatus", "advisoryIDs");
    Json.Obj tcb = level.object("tcb");
    return new TcbLevel(
        version == 2 ? numbered(tcb) : components(tcb, "sgxtcbcomponents"),
        Numbers.unsigned(tcb, "pcesvn", 65535),
        tdx ? components(tcb, "tdxtcbcomponents") : List.of(),
        TcbStatus.of(level.string("tcbStatus")),
        Numbers.time(level, "tcbDate"),
        TcbLevel.advisories(level));
  }

  private static List<Integer> numbered(Json.Obj tcb) {
    List<Integer> svns = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      svns.add(Numbers.unsigned(tcb, "sgxtcbcomp%02dsvn".formatted(i), 255));
    }
    return svns;
  }

  private static List<Integer> components(Json.Obj tcb, String name) {
    List<Integer> svns = new ArrayList<>();
    for (Json component : tcb.array(name)) {
      Json.Obj o = component.asObject(name);
      o.only("svn", "category", "type");
      svns.add(Numbers.unsigned(o, "svn", 255));
    }
    if (svns.size() != 16) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "has not 16 components");
    }
    return svns;
  }
}
