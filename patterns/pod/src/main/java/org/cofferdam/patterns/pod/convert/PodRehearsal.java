// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageConfig;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.PodTemplate;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.PodDocument;
import org.cofferdam.workload.pattern.convert.Scope;

/**
 * The conversion without its images, for an assessment: every reference is answered by an image
 * that stands in no one's way, so that only the manifests decide.
 */
public final class PodRehearsal {
  private static final byte[] NOTHING = {};

  private static final Image ANY =
      new Image(
          OciDigest.of(NOTHING),
          new Descriptor(Descriptor.CONFIG, OciDigest.of(NOTHING), 0, Map.of()),
          List.of(),
          new ImageConfig(
              "linux",
              "amd64",
              List.of("/"),
              List.of(),
              List.of(),
              "1:1",
              "/",
              List.of(),
              List.of()),
          Accounts.NONE);

  private static final ImageSource ANY_IMAGE = reference -> Optional.of(ANY);

  private PodRehearsal() {}

  /** A missing ConfigMap or Secret is no fault of the workload: only the conversion needs it. */
  public static List<Finding> findings(Workload workload, Bundle bundle) {
    Scope scope = new Scope(readable(workload), bundle, new Notes("pod"));
    PodDocument.build(scope, ANY_IMAGE);
    return scope.notes().all().stream()
        .map(
            f ->
                f.id().equals("pod.reference-missing")
                    ? new Finding(
                        f.id(), Severity.INFO, f.place(), f.message(), f.fix(), f.fixable())
                    : f)
        .toList();
  }

  /**
   * A reference that is none is a finding of its own, and must not hide what else is to be said of
   * its container.
   */
  private static Workload readable(Workload workload) {
    PodTemplate pod = workload.pod();
    return new Workload(
        workload.document(),
        workload.kind(),
        workload.namespace(),
        workload.name(),
        new PodTemplate(
            pod.owner(),
            pod.metadata(),
            pod.spec(),
            pod.labels(),
            pod.annotations(),
            pod.initContainers().stream().map(PodRehearsal::readable).toList(),
            pod.containers().stream().map(PodRehearsal::readable).toList(),
            pod.volumes()));
  }

  private static ContainerSpec readable(ContainerSpec container) {
    try {
      ImageReference.parse(container.image());
      return container;
    } catch (MalformedEvidenceException e) {
      return new ContainerSpec(
          container.node(),
          container.name(),
          "any",
          container.command(),
          container.args(),
          container.env(),
          container.envFrom(),
          container.mounts(),
          container.ports());
    }
  }
}
