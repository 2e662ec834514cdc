// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.List;

/** What a control plane can try that no request to the agent decides. */
final class ElsewherePowers {
  private ElsewherePowers() {}

  static List<Power> all() {
    return List.of(
        power(
            "initdata",
            "Give the guest another init-data, or none.",
            "hardware",
            "Its digest is in a field of the evidence that hardware sets at launch."),
        power(
            "kernel",
            "Start another kernel, image or command line (debug console, other parameters).",
            "hardware",
            "The launch measurement changes."),
        power(
            "plain-machine",
            "Start the pod in an ordinary machine.",
            "hardware",
            "There is no evidence, and so no secret."),
        power(
            "memory",
            "Read or change the memory of the guest.",
            "hardware",
            "It is encrypted and checked."),
        power(
            "start",
            "Not start the pod, or end it.",
            "open",
            "Nothing can force a control plane to run something."),
        power(
            "replay",
            "Start the same pod again, as often as it likes.",
            "open",
            "Each start is measured the same; the broker may limit releases."),
        power(
            "traffic",
            "Read and change traffic that the program does not encrypt.",
            "open",
            "The network is the node's."),
        power(
            "names",
            "Answer the names that the pod looks up.",
            "open",
            "resolv.conf and the servers in it are the node's."),
        power(
            "time",
            "Start the machine at a wrong time.",
            "open",
            "The clock of the machine is the node's."),
        power(
            "starve", "Give the pod too little to work with.", "open", "Resources are the node's."),
        power(
            "token",
            "Hand out another service account's token.",
            "open",
            "The file is the node's to write."));
  }

  private static Power power(String id, String what, String state, String why) {
    return new Power(id, what, List.of(), List.of(), new Power.Elsewhere(state, why));
  }
}
