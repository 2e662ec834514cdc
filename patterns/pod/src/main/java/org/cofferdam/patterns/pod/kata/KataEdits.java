// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.JsonPatch;
import org.cofferdam.patterns.pod.policy.PodPolicy;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.convert.Scope;

/** What a manifest needs so that Kata runs it under its policy. */
final class KataEdits {
  private final Scope scope;
  private final Tee tee;
  private final KataOptions options;
  private final Json.Obj data;
  private final YamlEdits edits;

  KataEdits(Scope scope, Tee tee, KataOptions options, Json.Obj data) {
    this.scope = scope;
    this.tee = tee;
    this.options = options;
    this.data = data;
    this.edits = new YamlEdits(scope.workload().document().source());
  }

  List<Change> changes(String annotation) {
    runtimeClass();
    annotation(annotation);
    scope.workload().pod().all().forEach(this::image);
    return new ArrayList<>(edits.changes());
  }

  /** False where the manifest has another form (Compose), and means a pod without writing one. */
  boolean writtenAsPod() {
    Node.Mapping root = scope.workload().document().root();
    Node.Member kind = root.members().get("kind");
    return kind != null && !kind.keySpan().equals(root.span());
  }

  /** The pod that such a manifest means, with what Kata needs. */
  Json pod(String annotation) {
    Json pod = scope.workload().document().root().toJson();
    pod =
        add(
            pod,
            "/metadata/annotations",
            Json.object().put(PodPolicy.ANNOTATION, annotation).build());
    pod = add(pod, "/spec/runtimeClassName", Json.of(tee.runtimeClass()));
    int index = 0;
    for (ContainerSpec container : scope.workload().pod().containers()) {
      String at = "/spec/containers/" + index++;
      String pinned = pinned(container.name());
      if (!pinned.isEmpty()) {
        pod = add(pod, at + "/image", Json.of(pinned));
      }
      if (options.settings().guestPull()) {
        pod = add(pod, at + "/imagePullPolicy", Json.of("Always"));
      }
    }
    return pod;
  }

  private static Json add(Json document, String path, Json value) {
    Json.Obj operation =
        Json.object().put("op", "add").put("path", path).put("value", value).build();
    return JsonPatch.apply(document, Json.array(List.of(operation)));
  }

  private void runtimeClass() {
    Node.Mapping spec = scope.workload().pod().spec();
    Optional<Tee> written = spec.text("runtimeClassName").flatMap(Tee::ofClass);
    if (written.isEmpty() || written.get() != tee) {
      edits.set(
          spec,
          "runtimeClassName",
          tee.runtimeClass(),
          "Kata starts the pod in a confidential virtual machine of this kind.");
    }
  }

  private void annotation(String value) {
    String why =
        "The init-data with the guest's policy: its digest is in the evidence of the machine.";
    Node.Mapping owner = scope.workload().pod().owner();
    Optional<Node.Mapping> metadata = scope.workload().pod().metadata();
    if (metadata.isEmpty()) {
      edits.insertMetadata(owner, PodPolicy.ANNOTATION, value, why);
      return;
    }
    Optional<Node.Mapping> annotations = metadata.get().mapping("annotations");
    if (annotations.isEmpty()) {
      edits.insertObject(metadata.get(), "annotations", PodPolicy.ANNOTATION, value, why);
    } else {
      edits.set(annotations.get(), PodPolicy.ANNOTATION, value, why);
    }
  }

  private void image(ContainerSpec container) {
    Node node = container.node().get("image").orElseThrow();
    String pinned = pinned(container.name());
    if (!pinned.isEmpty() && ImageReference.parse(container.image()).digest().isEmpty()) {
      edits.replace(
          node,
          pinned,
          "A tag can be moved to another image; the digest cannot, and the policy has it.");
    }
    if (options.settings().guestPull()) {
      edits.set(
          container.node(),
          "imagePullPolicy",
          "Always",
          "The guest pulls the image itself; one that the node has cached is not there for it.");
    }
  }

  private String pinned(String name) {
    for (Json item : data.array("containers")) {
      Json.Obj container = item.asObject("containers");
      if (container.string("name").equals(name)) {
        return container.array("images").stream()
            .map(i -> i.asString("images"))
            .filter(i -> i.contains("@sha256:"))
            .findFirst()
            .orElse("");
      }
    }
    return "";
  }
}
