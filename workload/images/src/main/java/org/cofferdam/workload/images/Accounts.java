// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * What {@code /etc/passwd} and {@code /etc/group} of an image say.
 *
 * @param users lines of passwd
 * @param groups lines of group
 */
public record Accounts(List<User> users, List<Group> groups) {
  public static final Accounts NONE = new Accounts(List.of(), List.of());

  public Accounts {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /**
   * @param name of the user
   * @param uid number
   * @param gid number of the first group
   */
  public record User(String name, long uid, long gid) {}

  /**
   * @param name of the group
   * @param gid number
   * @param members names of users
   */
  public record Group(String name, long gid, List<String> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * Who a process is.
   *
   * @param uid number
   * @param gid number
   * @param groups further groups, ascending
   */
  public record Identity(long uid, long gid, List<Long> groups) {
    public Identity {
      groups = List.copyOf(groups);
    }
  }

  /** Lines that do not have the form are passed over, as the C library does. */
  public static Accounts parse(String passwd, String group) {
    List<User> users = new ArrayList<>();
    for (String line : passwd.split("\n", -1)) {
      String[] f = line.split(":", -1);
      if (f.length >= 4 && number(f[2]).isPresent() && number(f[3]).isPresent()) {
        users.add(new User(f[0], number(f[2]).get(), number(f[3]).get()));
      }
    }
    List<Group> groups = new ArrayList<>();
    for (String line : group.split("\n", -1)) {
      String[] f = line.split(":", -1);
      if (f.length >= 4 && number(f[2]).isPresent()) {
        List<String> members = f[3].isBlank() ? List.of() : List.of(f[3].strip().split(",", -1));
        groups.add(new Group(f[0], number(f[2]).get(), members));
      }
    }
    return new Accounts(users, groups);
  }

  /**
   * Resolves the {@code User} of an image configuration by the rules of config.md.
   *
   * @param user {@code ""}, {@code user}, {@code uid}, or either with {@code :group} or {@code
   *     :gid}
   * @throws MalformedEvidenceException where a name is in none of the files
   */
  public Identity resolve(String user) {
    int colon = user.indexOf(':');
    String left = colon < 0 ? user : user.substring(0, colon);
    String right = colon < 0 ? "" : user.substring(colon + 1);
    long uid;
    Optional<User> entry;
    if (left.isEmpty()) {
      uid = 0;
      entry = byUid(0);
    } else if (number(left).isPresent()) {
      uid = number(left).get();
      entry = byUid(uid);
    } else {
      entry = users.stream().filter(u -> u.name().equals(left)).findFirst();
      uid = entry.map(User::uid).orElseThrow(() -> unknown("user"));
    }
    if (right.isEmpty()) {
      return new Identity(uid, entry.map(User::gid).orElse(0L), supplementary(entry));
    }
    long gid =
        number(right)
            .or(
                () ->
                    groups.stream().filter(g -> g.name().equals(right)).map(Group::gid).findFirst())
            .orElseThrow(() -> unknown("group"));
    return new Identity(uid, gid, List.of());
  }

  /** What a container gets that is told to run as this user, with nothing else stated. */
  public Identity ofUid(long uid) {
    Optional<User> entry = byUid(uid);
    return new Identity(uid, entry.map(User::gid).orElse(0L), supplementary(entry));
  }

  private Optional<User> byUid(long uid) {
    return users.stream().filter(u -> u.uid() == uid).findFirst();
  }

  private List<Long> supplementary(Optional<User> user) {
    return groups.stream()
        .filter(g -> user.isPresent() && g.members().contains(user.get().name()))
        .map(Group::gid)
        .sorted()
        .distinct()
        .toList();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static MalformedEvidenceException unknown(String what) {
    return new MalformedEvidenceException(
        "image configuration", "User", -1, "names a " + what + " that the image does not have");
  }
}
