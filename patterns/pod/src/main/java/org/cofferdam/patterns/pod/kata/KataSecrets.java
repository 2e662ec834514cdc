// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.patterns.pod.policy.SealedSecrets;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.pattern.OpenEntry;
import org.cofferdam.workload.pattern.convert.Scope;
import org.cofferdam.workload.pattern.convert.SecretsTakenOut;

/** The Secrets of a workload: sealed where they are variables, and named where they are files. */
final class KataSecrets implements SealedSecrets {
  private final Scope scope;
  private final String keyId;
  private final Set<String> sealed = new LinkedHashSet<>();

  KataSecrets(Scope scope, String keyId) {
    this.scope = scope;
    this.keyId = keyId;
  }

  /** Called for each variable that takes its value from a Secret. */
  @Override
  public Optional<String> text(String resource) {
    sealed.add(resource);
    return Optional.of("sealed." + SealedForm.signed(resource, keyId) + ".");
  }

  /** The values for the broker, and the Secrets with sealed texts in their place. */
  SecretsTakenOut takenOut(KataOptions.Signer signer) {
    return new SecretsTakenOut(
        scope,
        sealed::contains,
        resource -> {
          String signed = SealedForm.signed(resource, keyId);
          return SealedForm.text(signed, signer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
        },
        "The value goes to the broker; in its place stands its sealed form, which the attested guest opens.");
  }

  List<OpenEntry> open() {
    TreeSet<String> files = new TreeSet<>();
    for (VolumeSpec volume : scope.workload().pod().volumes()) {
      if (volume.kind().equals("secret")) {
        files.add(volume.name());
        scope
            .notes()
            .warning(
                "secret-volume",
                volume.node(),
                "The node writes the files of this Secret, and has read them.",
                "Take the value from the environment, where it is sealed, or ask for it at http://127.0.0.1:8006/cdh/resource/.");
      }
    }
    List<OpenEntry> open = new ArrayList<>();
    if (!files.isEmpty()) {
      open.add(
          new OpenEntry(
              "secret-files",
              "It reads the Secrets that are mounted: " + String.join(", ", files) + "."));
    }
    return open;
  }
}
