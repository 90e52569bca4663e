module example.com/latchkey-example

go 1.19
