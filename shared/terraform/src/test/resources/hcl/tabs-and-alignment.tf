a	=	1
longer=2 #x
	block   "x"   bare{
		y=3
}



z = 1