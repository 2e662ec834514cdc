// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataAlgorithm;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.convert.ImagePins;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.PodDocument;
import org.cofferdam.workload.pattern.convert.Scope;
import org.cofferdam.workload.pattern.convert.SecretsTakenOut;

/** Converts a workload for a pod that the guest agent runs. */
public final class PodConverter {
  private static final String INITDATA = "pod/initdata.toml";
  private static final String REQUEST = "pod/request.json";
  private static final String POLICY = "policy.json";

  private final Scope scope;
  private final ConversionSettings settings;

  /**
   * @param assessed findings of the assessment that the conversion does not come to itself
   */
  public PodConverter(
      Workload workload, Bundle bundle, ConversionSettings settings, List<Finding> assessed) {
    this.scope = new Scope(workload, bundle, new Notes("pod"));
    this.settings = settings;
    scope.notes().addAll(assessed);
  }

  public Conversion convert() {
    PodDocument pod = PodDocument.build(scope, settings.images());
    if (settings.brokerKey().isEmpty()) {
      scope
          .notes()
          .error(
              "broker-key",
              scope.workload().document().root(),
              "It is not known which broker the guest may trust.",
              "Give the broker's key, or start 'cofferdam serve' once so that there is one.");
    }
    if (scope.notes().failed()) {
      return conversion(pod, new LinkedHashMap<>(), Map.of(), List.of());
    }
    SecretsTakenOut secrets = new SecretsTakenOut(scope, pod.bindings());
    List<Change> changes = new ArrayList<>(ImagePins.of(pod));
    changes.addAll(secrets.changes());
    return conversion(pod, files(pod.json()), secrets.values(), changes);
  }

  private Conversion conversion(
      PodDocument pod,
      Map<String, byte[]> files,
      Map<String, SecretBytes> secrets,
      List<Change> changes) {
    boolean done = !files.isEmpty();
    return new Conversion(
        "pod",
        scope.workload().namespace(),
        scope.workload().name(),
        files,
        done ? Optional.of(POLICY) : Optional.empty(),
        done ? Optional.of(INITDATA) : Optional.empty(),
        done ? pod.json() : Json.object().build(),
        done ? pod.images() : List.of(),
        done ? pod.bindings() : List.of(),
        secrets,
        changes,
        scope.notes().all(),
        done ? OpenEntries.of(scope, settings.logs()) : List.of());
  }

  private Map<String, byte[]> files(Json.Obj pod) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String text = pod.pretty() + "\n";
    files.put(INITDATA, initdata(text).bytes());
    files.put(REQUEST, text.getBytes(StandardCharsets.UTF_8));
    files.put(POLICY, text.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private InitDataDocument initdata(String pod) {
    StringBuilder own = new StringBuilder();
    own.append("workload = \"").append(scope.workload().id()).append("\"\n");
    settings.brokerKey().ifPresent(k -> own.append("broker_key = \"").append(k).append("\"\n"));
    own.append("logs = ").append(settings.logs()).append('\n');
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("cofferdam.toml", own.toString());
    entries.put("pod.json", pod);
    return InitDataDocument.write(InitDataAlgorithm.SHA256, entries);
  }
}
