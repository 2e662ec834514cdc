// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.ConfigData;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.MountSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.pattern.SecretBinding;

/**
 * The mounts of one container: emptyDir volumes stay volumes of the guest's own memory, files of
 * Secrets become bindings. Volumes that the node would fill are errors.
 */
final class ContainerMounts {
  private static final int DEFAULT_MODE = 0644;

  private final Scope scope;
  private final ContainerSpec container;
  private final List<Json> mounts = new ArrayList<>();
  private final List<SecretBinding> bindings = new ArrayList<>();

  ContainerMounts(Scope scope, ContainerSpec container) {
    this.scope = scope;
    this.container = container;
    container.mounts().forEach(this::add);
  }

  List<Json> mounts() {
    return mounts;
  }

  List<SecretBinding> bindings() {
    return bindings;
  }

  private void add(MountSpec mount) {
    Optional<VolumeSpec> volume = scope.workload().pod().volume(mount.volume());
    if (volume.isEmpty()) {
      scope
          .notes()
          .error(
              "volume-unknown",
              mount.node(),
              "The pod has no volume '" + mount.volume() + "'.",
              "Add the volume, or take the mount out.");
      return;
    }
    switch (volume.get().kind()) {
      case "emptyDir" -> emptyDir(mount);
      case "secret" -> secret(mount, volume.get());
      default ->
          scope
              .notes()
              .error(
                  "volume-content",
                  mount.node(),
                  "The node fills the volume '"
                      + mount.volume()
                      + "' ("
                      + volume.get().kind()
                      + "), and nothing measures what it puts there.",
                  "Put fixed content into the image, secret content into a Secret, and scratch data into an emptyDir.");
    }
  }

  private void emptyDir(MountSpec mount) {
    if (!mount.subPath().isEmpty()) {
      scope
          .notes()
          .error(
              "sub-path",
              mount.node(),
              "A part of a volume (subPath) cannot be mounted in a confidential pod.",
              "Mount the whole volume, or give the part a volume of its own.");
      return;
    }
    mounts.add(
        Json.object()
            .put("volume", mount.volume())
            .put("path", mount.path())
            .put("readOnly", mount.readOnly())
            .build());
  }

  private void secret(MountSpec mount, VolumeSpec volume) {
    String name = volume.source().text("secretName").orElse("");
    int mode = mode(volume);
    List<VolumeSpec.Item> items = volume.items();
    if (items.isEmpty()) {
      Optional<ConfigData> data = scope.bundle().secret(scope.workload().namespace(), name);
      if (data.isEmpty()) {
        scope
            .notes()
            .error(
                "reference-missing",
                volume.node(),
                "The files of the Secret " + name + " are not known: it was not given.",
                "Give the Secret's manifest beside the workload, or list its keys under 'items'.");
        return;
      }
      items =
          new TreeSet<>(data.get().values().keySet())
              .stream().map(k -> new VolumeSpec.Item(k, k, -1)).toList();
    }
    for (VolumeSpec.Item item : items) {
      Optional<String> path = path(mount, item.path());
      if (path.isPresent()) {
        bindings.add(
            SecretBinding.file(
                scope.resource(name, item.key()),
                container.name(),
                path.get(),
                item.mode() < 0 ? mode : item.mode()));
      }
    }
  }

  /** With subPath only that file, at the mount's own path. */
  private static Optional<String> path(MountSpec mount, String item) {
    if (mount.subPath().isEmpty()) {
      String base = mount.path().endsWith("/") ? mount.path() : mount.path() + "/";
      return Optional.of(base + item);
    }
    return mount.subPath().equals(item) ? Optional.of(mount.path()) : Optional.empty();
  }

  private static int mode(VolumeSpec volume) {
    return volume
        .source()
        .get("defaultMode")
        .flatMap(n -> n instanceof Node.Scalar s ? s.integer() : Optional.empty())
        .map(i -> i.intValue() & 0777)
        .orElse(DEFAULT_MODE);
  }
}
