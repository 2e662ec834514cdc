// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.util.Optional;
import org.cofferdam.patterns.pod.policy.ImageFacts;
import org.cofferdam.patterns.pod.policy.Mode;
import org.cofferdam.patterns.pod.policy.PolicySettings;
import org.cofferdam.patterns.pod.policy.SealedSecrets;

/**
 * What a conversion needs to know beyond the manifests.
 *
 * @param target the engine
 * @param tee of the nodes; by the manifest's runtime class, else SEV-SNP, where empty
 * @param mode how much operators may see
 * @param settings of the cluster's nodes
 * @param images what is known of images
 * @param brokerUrl where the guest asks for its secrets; nothing is said of it where empty
 * @param maxDelegated how many settings may be left to the control plane
 * @param signer of sealed secrets
 */
public record KataOptions(
    Target target,
    Optional<Tee> tee,
    Mode mode,
    PolicySettings settings,
    ImageFacts.Catalog images,
    Optional<String> brokerUrl,
    Optional<Integer> maxDelegated,
    Signer signer) {

  /** Signs sealed secrets: ES256, as 64 bytes. */
  @FunctionalInterface
  public interface Signer {
    byte[] sign(byte[] data);
  }

  /** Engines. */
  public enum Target {
    COCO,
    PEERPODS,
    OPENSHIFT
  }

  /** What stands in a Secret of this namespace once it is sealed. */
  public SealedSecrets sealedSecrets(String namespace) {
    String keyId = KataConverter.sealingKey(namespace);
    return resource -> Optional.of("sealed." + SealedForm.signed(resource, keyId) + ".");
  }
}
