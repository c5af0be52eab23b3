"""The camera, in a child process that may die without hurting the program that looks."""
