// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Quantity;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.pattern.SecretBinding;

/** Builds {@code pod.json}: exactly what the guest runs, with nothing left to the control plane. */
public final class PodDocument {
  static final int VERSION = 1;

  private final Scope scope;
  private final ImageSource source;
  private final Map<OciDigest, Image> images = new LinkedHashMap<>();
  private final Map<ContainerSpec, Image> byContainer = new LinkedHashMap<>();
  private final List<SecretBinding> bindings = new ArrayList<>();
  private final Json.Obj json;

  private PodDocument(Scope scope, ImageSource source) {
    this.scope = scope;
    this.source = source;
    this.json = pod();
  }

  /** Builds it; what stands in the way goes to the notes of the scope. */
  public static PodDocument build(Scope scope, ImageSource source) {
    return new PodDocument(scope, source);
  }

  public Json.Obj json() {
    return json;
  }

  /** In order of first use. */
  public List<Image> images() {
    return List.copyOf(images.values());
  }

  /** Which image each container got. */
  public Map<ContainerSpec, Image> imageOf() {
    return byContainer;
  }

  public List<SecretBinding> bindings() {
    return bindings;
  }

  private Json.Obj pod() {
    String hostname =
        scope.workload().pod().spec().text("hostname").orElse(label(scope.workload().name()));
    return Json.object()
        .put("version", VERSION)
        .put("namespace", scope.workload().namespace())
        .put("name", label(scope.workload().name()))
        .put("hostname", hostname)
        .put("volumes", Json.array(volumes()))
        .put("initContainers", containers(scope.workload().pod().initContainers(), hostname))
        .put("containers", containers(scope.workload().pod().containers(), hostname))
        .build();
  }

  /** Names of pods may have dots where labels of the DNS may not. */
  private static String label(String name) {
    String label = name.replace('.', '-');
    return label.length() > 63 ? label.substring(0, 63).replaceAll("-+$", "") : label;
  }

  private List<Json> volumes() {
    List<Json> volumes = new ArrayList<>();
    for (VolumeSpec volume : scope.workload().pod().volumes()) {
      if (volume.kind().equals("emptyDir")) {
        volumes.add(
            Json.object()
                .put("name", volume.name())
                .put("kind", "emptyDir")
                .put("sizeBytes", amount(volume.source(), "sizeLimit", false))
                .build());
      }
    }
    return volumes;
  }

  private Json containers(List<ContainerSpec> specs, String hostname) {
    List<Json> containers = new ArrayList<>();
    for (ContainerSpec spec : specs) {
      image(spec).ifPresent(image -> containers.add(container(spec, image, hostname)));
    }
    return Json.array(containers);
  }

  private Json container(ContainerSpec spec, Image image, String hostname) {
    ContainerEnv env = new ContainerEnv(scope, spec, image.configuration(), hostname);
    ContainerMounts mounts = new ContainerMounts(scope, spec);
    ContainerSecurity security = ContainerSecurity.of(scope, spec, image);
    List<SecretBinding> secrets = new ArrayList<>(env.bindings());
    secrets.addAll(mounts.bindings());
    bindings.addAll(secrets);
    List<String> args = env.expand(command(spec, image), spec.node());
    if (args.isEmpty()) {
      scope
          .notes()
          .error(
              "no-command",
              spec.node(),
              "Neither the container nor its image says what to run.",
              "Set 'command'.");
    }
    Optional<Node.Mapping> limits =
        spec.node().mapping("resources").flatMap(r -> r.mapping("limits"));
    return Json.object()
        .put("name", spec.name())
        .put("image", image.manifest().toString())
        .put("args", Json.strings(args))
        .put("env", Json.strings(env.variables()))
        .put("cwd", spec.node().text("workingDir").orElse(image.configuration().workingDirectory()))
        .put("uid", security.identity().uid())
        .put("gid", security.identity().gid())
        .put("groups", Json.array(security.identity().groups().stream().map(Json::of).toList()))
        .put("readOnlyRootfs", security.readOnlyRoot())
        .put("capabilities", Json.strings(security.capabilities()))
        .put("noNewPrivileges", security.noNewPrivileges())
        .put("mounts", Json.array(mounts.mounts()))
        .put(
            "resources",
            Json.object()
                .put("cpuMillis", limits.map(l -> amount(l, "cpu", true)).orElse(Json.Null.NULL))
                .put(
                    "memoryBytes",
                    limits.map(l -> amount(l, "memory", false)).orElse(Json.Null.NULL))
                .build())
        .put("secrets", Json.array(secrets.stream().map(SecretBinding::toJson).toList()))
        .put("ports", Json.array(spec.ports().stream().map(p -> Json.of((long) p)).toList()))
        .build();
  }

  /** The image's command counts only where the container replaces neither. */
  private static List<String> command(ContainerSpec spec, Image image) {
    List<String> args = new ArrayList<>();
    if (spec.command().isEmpty()) {
      args.addAll(image.configuration().entrypoint());
      args.addAll(spec.args().isEmpty() ? image.configuration().command() : spec.args());
    } else {
      args.addAll(spec.command());
      args.addAll(spec.args());
    }
    return args;
  }

  private Optional<Image> image(ContainerSpec spec) {
    Node at = spec.node().get("image").orElse(spec.node());
    ImageReference reference;
    try {
      reference = ImageReference.parse(spec.image());
    } catch (MalformedEvidenceException e) {
      scope
          .notes()
          .error("image", at, "'" + spec.image() + "' is no image reference.", "Name an image.");
      return Optional.empty();
    }
    Optional<Image> image = source.find(reference);
    if (image.isEmpty()) {
      scope
          .notes()
          .error(
              "image-unresolved",
              at,
              "The image " + reference + " is not known, so its digest cannot be pinned.",
              "Give an OCI layout or archive that has it.");
      return Optional.empty();
    }
    for (Descriptor layer : image.get().layers()) {
      if (!layer.mediaType().equals(Descriptor.LAYER)) {
        scope
            .notes()
            .error(
                "image-compressed",
                at,
                "The image "
                    + reference
                    + " has compressed layers, which the guest does not unpack.",
                "Give the image as a layout with plain layers.");
        break;
      }
    }
    images.putIfAbsent(image.get().manifest(), image.get());
    byContainer.put(spec, image.get());
    return image;
  }

  private Json amount(Node.Mapping owner, String field, boolean millis) {
    Optional<Node> node = owner.get(field);
    if (node.isEmpty()) {
      return Json.Null.NULL;
    }
    Optional<Long> value =
        owner
            .text(field)
            .flatMap(Quantity::parse)
            .flatMap(q -> millis ? q.millis() : q.units())
            .filter(v -> v > 0);
    if (value.isEmpty()) {
      scope
          .notes()
          .error(
              "quantity",
              node.get(),
              "'" + field + "' is no positive amount.",
              "Write it as Kubernetes does, for example 500m or 64Mi.");
      return Json.Null.NULL;
    }
    return Json.of(value.get());
  }
}
