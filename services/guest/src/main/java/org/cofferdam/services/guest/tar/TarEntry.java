// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

/**
 * The head of one member.
 *
 * @param name as written, not yet judged
 * @param linkName target of a link, else empty
 * @param mode permission bits, with set-id and sticky bits
 * @param size bytes of content; 0 unless a file
 * @param position offset of the header in the archive
 */
public record TarEntry(
    String name,
    TarType type,
    String linkName,
    int mode,
    int uid,
    int gid,
    long size,
    long position) {}
