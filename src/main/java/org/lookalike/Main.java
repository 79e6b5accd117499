package org.lookalike;

/** Where the program starts from a shell. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println(org.nd4j.linalg.factory.Nd4j.rand(2, 2));
  }
}
