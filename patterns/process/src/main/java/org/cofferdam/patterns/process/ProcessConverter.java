// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataAlgorithm;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.RootEntry;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.OpenEntry;
import org.cofferdam.workload.pattern.convert.ImagePins;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.PodDocument;
import org.cofferdam.workload.pattern.convert.Scope;
import org.cofferdam.workload.pattern.convert.SecretsTakenOut;

/** Converts a workload for a unit of one process, and helpers outside of it. */
final class ProcessConverter {
  static final String INITDATA = "pod/initdata.toml";
  static final String REQUEST = "pod/request.json";
  private static final String POLICY = "policy.json";
  private static final String VOLUME_KEY = "volume-";

  /** What the assessment asks for and the conversion does. */
  private static final Set<String> DONE_HERE =
      Set.of(
          "process.wrap-image",
          "process.secret-env",
          "process.env-from",
          "process.env-downward",
          "process.secret-files",
          "process.empty-dir",
          "process.init-containers",
          "process.several-containers");

  private final Scope scope;
  private final ConversionSettings settings;
  private final RootLookup roots;

  /**
   * @param assessed findings of the assessment
   */
  ProcessConverter(
      Workload workload,
      Bundle bundle,
      ConversionSettings settings,
      RootLookup roots,
      List<Finding> assessed) {
    this.scope = new Scope(workload, bundle, new Notes("process"));
    this.settings = settings;
    this.roots = roots;
    scope.notes().addAll(assessed.stream().filter(f -> !DONE_HERE.contains(f.id())).toList());
  }

  /** The broker's name for the key of a volume of the unit. */
  static String volumeKey(Json.Obj pod, String volume) {
    return pod.string("namespace") + "/" + pod.string("name") + "/" + VOLUME_KEY + volume;
  }

  Conversion convert() {
    PodDocument pod = PodDocument.build(scope, settings.images());
    if (settings.brokerKey().isEmpty()) {
      scope
          .notes()
          .error(
              "broker-key",
              scope.workload().document().root(),
              "It is not known which broker the unit may trust.",
              "Give the broker's key, or start 'cofferdam serve' once so that there is one.");
    }
    ContainerSpec main = main();
    if (!scope.notes().failed()) {
      unit(pod, main);
      scope.workload().pod().containers().stream()
          .filter(c -> !c.name().equals(main.name()))
          .forEach(c -> helper(pod, c));
    }
    Map<String, byte[]> files =
        scope.notes().failed() ? Map.of() : files(pod, main, Split.of(pod.json(), main.name()));
    if (scope.notes().failed()) {
      return conversion(pod, main, Map.of(), Map.of(), List.of());
    }
    SecretsTakenOut secrets = new SecretsTakenOut(scope, pod.bindings());
    List<Change> changes = new ArrayList<>(ImagePins.of(pod));
    changes.addAll(secrets.changes());
    return conversion(pod, main, files, secrets.values(), changes);
  }

  /** The first container with a port; without any, the first. */
  private ContainerSpec main() {
    List<ContainerSpec> containers = scope.workload().pod().containers();
    return containers.stream()
        .filter(c -> !c.ports().isEmpty())
        .findFirst()
        .orElse(containers.getFirst());
  }

  private void unit(PodDocument pod, ContainerSpec main) {
    Image image = Objects.requireNonNull(pod.imageOf().get(main));
    for (ContainerSpec init : scope.workload().pod().initContainers()) {
      if (!image.equals(pod.imageOf().get(init))) {
        scope
            .notes()
            .error(
                "init-image",
                init.node(),
                init.name() + " prepares the main container's volumes from another image.",
                "Build its program into the main container's image, or do its work there.");
      }
    }
  }

  private void helper(PodDocument pod, ContainerSpec helper) {
    scope
        .notes()
        .warning(
            "helper-outside",
            helper.node(),
            helper.name()
                + " stays outside of the attested unit: the node can read and change it. It reaches"
                + " the unit's ports through an attested channel.",
            "Give it nothing that the node must not know, or build it into the main container.");
    if (!helper.mounts().isEmpty()) {
      scope
          .notes()
          .warning(
              "shared-volume",
              helper.node(),
              helper.name()
                  + " gets empty volumes of its own: those of the unit are encrypted files that only"
                  + " the unit can read.",
              "Pass what it must know over the unit's port.");
    }
    if (pod.bindings().stream().anyMatch(b -> b.container().equals(helper.name()))) {
      scope
          .notes()
          .error(
              "helper-secret",
              helper.node(),
              helper.name() + " wants a secret, and nothing vouches for it.",
              "Move what needs the secret into the main container.");
    }
  }

  private Map<String, byte[]> files(PodDocument pod, ContainerSpec main, Split split) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String unit = split.unit().pretty() + "\n";
    try {
      Image image = Objects.requireNonNull(pod.imageOf().get(main));
      files.put(INITDATA, initdata(unit, trusted(image)).bytes());
    } catch (MalformedEvidenceException e) {
      scope
          .notes()
          .error(
              "trusted-files",
              main.node(),
              "The files of the image cannot be listed in the init-data: " + e.getMessage() + ".",
              "Use an image with plain layers and fewer files.");
      return Map.of();
    }
    files.put(REQUEST, unit.getBytes(StandardCharsets.UTF_8));
    files.put(POLICY, unit.getBytes(StandardCharsets.UTF_8));
    split
        .helpers()
        .forEach(
            (name, document) ->
                files.put(
                    "helpers/" + name + ".json",
                    (document.pretty() + "\n").getBytes(StandardCharsets.UTF_8)));
    return files;
  }

  /** Every file of the image with size and digest, sorted by path. */
  private Json trusted(Image image) {
    List<Json> files = new ArrayList<>();
    for (RootEntry entry : roots.of(image).entries()) {
      RootEntry.Content content = entry.content();
      if (content != null) {
        files.add(
            Json.object()
                .put("path", "/" + entry.path())
                .put("sha256", content.digest().hex())
                .put("size", content.size())
                .build());
      }
    }
    return Json.array(files);
  }

  private InitDataDocument initdata(String pod, Json trusted) {
    StringBuilder own = new StringBuilder();
    own.append("workload = \"").append(scope.workload().id()).append("\"\n");
    settings.brokerKey().ifPresent(k -> own.append("broker_key = \"").append(k).append("\"\n"));
    own.append("logs = ").append(settings.logs()).append('\n');
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("cofferdam.toml", own.toString());
    entries.put("pod.json", pod);
    entries.put("files.json", trusted.pretty() + "\n");
    return InitDataDocument.write(InitDataAlgorithm.SHA256, entries);
  }

  private Conversion conversion(
      PodDocument pod,
      ContainerSpec main,
      Map<String, byte[]> files,
      Map<String, SecretBytes> secrets,
      List<Change> changes) {
    boolean done = !files.isEmpty();
    return new Conversion(
        "process",
        scope.workload().namespace(),
        scope.workload().name(),
        files,
        done ? Optional.of(POLICY) : Optional.empty(),
        done ? Optional.of(INITDATA) : Optional.empty(),
        done ? Split.of(pod.json(), main.name()).unit() : Json.object().build(),
        done ? pod.images() : List.of(),
        done ? pod.bindings() : List.of(),
        secrets,
        changes,
        scope.notes().all(),
        done ? open() : List.of());
  }

  private List<OpenEntry> open() {
    List<OpenEntry> open = new ArrayList<>();
    open.add(new OpenEntry("lifecycle", "It decides whether and when the unit starts and ends."));
    open.add(
        new OpenEntry(
            "replay",
            "It can start the same measured unit again, and give it an older state of its encrypted volumes."));
    open.add(
        new OpenEntry(
            "network",
            "It carries the traffic of the open port from outside, and can read and change it unless the program encrypts it."));
    open.add(new OpenEntry("time", "It sets the clock that the unit reads."));
    open.add(new OpenEntry("resources", "It can slow the unit down or starve it."));
    if (scope.workload().pod().containers().size() > 1) {
      open.add(
          new OpenEntry("helpers", "It can read and change the containers outside of the unit."));
    }
    if (settings.logs()) {
      open.add(new OpenEntry("logs", "It can read what the unit prints."));
    }
    return open;
  }
}
