/**
 * Resource policies in AWS's JSON policy language: what a statement says whatever its spelling, and
 * a document with one statement more or less and all the others as they are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM
 *     JSON policy elements reference</a>
 */
@NullMarked
package dev.cloudmend.playbooks.policydocument;

import org.jspecify.annotations.NullMarked;
