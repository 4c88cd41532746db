/**
 * The catalogue: one class per misconfiguration in {@code s3}, {@code iam} and {@code ec2}. A
 * playbook reads the live resource and returns what it would do, as data; it never writes.
 */
@NullMarked
package dev.cloudmend.playbooks;

import org.jspecify.annotations.NullMarked;
