// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventMeaning;
import org.cofferdam.core.evidence.eventlog.TaggedEntry;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * What the guest agent recorded about its pod: init-data in PCR 8; images, containers and the
 * closing event in PCR 13, in this order. Published under {@code /pod} only where all of it is well
 * formed; a pod that is not {@code complete} was refused by the agent.
 */
final class PodLog {
  private static final String DOMAIN = "cofferdam.org/pod";
  private static final int INIT_DATA_PCR = 8;
  private static final int POD_PCR = 13;
  private static final String FORMAT = "pod log";

  private final Map<String, Json> images = new LinkedHashMap<>();
  private final Map<String, Json> containers = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();
  private boolean ready;

  private PodLog() {}

  static void publish(List<Event> events, Findings findings) {
    List<Event> pod = events.stream().filter(e -> e.register() == POD_PCR).toList();
    List<Event> initData = events.stream().filter(e -> e.register() == INIT_DATA_PCR).toList();
    boolean ours =
        pod.stream().anyMatch(e -> entry(e).isPresent())
            || initData.stream().anyMatch(e -> entry(e).isPresent());
    if (!ours) {
      return;
    }
    Json.Builder claims = Json.object();
    String problem = "in order";
    boolean good = true;
    try {
      claims.put("init-data", initData(initData));
      PodLog log = new PodLog();
      for (Event event : pod) {
        log.add(event);
      }
      claims
          .put("order", Json.strings(log.order))
          .put("images", new Json.Obj(log.images))
          .put("containers", new Json.Obj(log.containers))
          .put("complete", log.ready);
    } catch (MalformedEvidenceException e) {
      good = false;
      problem = String.valueOf(e.getMessage());
    }
    findings.check(TpmRules.POD_LOG, good, "images, containers, the closing event", problem);
    if (good) {
      findings.claim("pod", claims.build());
    }
  }

  private static Optional<TaggedEntry> entry(Event event) {
    return TaggedEntry.of(event).filter(e -> e.domain().equals(DOMAIN));
  }

  /** By the convention of CoCo the register takes the digest of init-data itself. */
  private static String initData(List<Event> events) {
    if (events.size() != 1) {
      throw malformed("init-data", "PCR 8 has " + events.size() + " events instead of one");
    }
    Event event = events.getFirst();
    TaggedEntry entry =
        entry(event)
            .filter(e -> e.operation().equals("init-data"))
            .orElseThrow(() -> malformed("init-data", "is not what PCR 8 was extended with"));
    Json.Obj content = Json.parse(utf8(entry.content())).asObject("init-data");
    content.only("digest");
    Bytes digest = event.digests().get(TpmHash.SHA256);
    if (digest == null || !content.string("digest").equals("sha256:" + digest.hex())) {
      throw malformed("init-data", "the entry names another digest than the register was given");
    }
    return digest.hex();
  }

  private void add(Event event) {
    TaggedEntry entry =
        entry(event).orElseThrow(() -> malformed("event", "PCR 13 has an entry of someone else"));
    if (!EventMeaning.matches(event).orElse(false)) {
      throw malformed(entry.operation(), "the digest does not cover the entry");
    }
    if (ready) {
      throw malformed(entry.operation(), "follows the closing event");
    }
    Json.Obj content = Json.parse(utf8(entry.content())).asObject(entry.operation());
    switch (entry.operation()) {
      case "image" -> image(content);
      case "container" -> container(content);
      case "ready" -> ready = true;
      case "unreadable" -> {
        // The agent could not read its request; the pod stays incomplete.
      }
      default -> throw malformed(entry.operation(), "is no operation of this log");
    }
  }

  private void image(Json.Obj content) {
    content.only("config", "layers", "manifest");
    if (!containers.isEmpty()) {
      throw malformed("image", "follows a container");
    }
    Json image =
        Json.object()
            .put("config", content.string("config"))
            .put("layers", Json.array(content.array("layers")))
            .build();
    if (images.put(content.string("manifest"), image) != null) {
      throw malformed("image", "is there twice");
    }
  }

  private void container(Json.Obj content) {
    Map<String, Json> members = new LinkedHashMap<>(content.members());
    members.remove("name");
    String name = content.string("name");
    if (containers.put(name, new Json.Obj(members)) != null) {
      throw malformed("container", "is there twice");
    }
    order.add(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }
}
