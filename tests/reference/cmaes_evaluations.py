"""Evaluations until 1e-8 in five dimensions over ten seeds, with Debian's python3-cmaes 0.9.1: the yardstick of CmaesSamplerTests.

    /usr/bin/python3 tests/reference/cmaes_evaluations.py
"""
import numpy as np, math
from cmaes import CMA
def sphere(x): return float(np.sum(x*x))
def ros(x): return float(np.sum(100*(x[1:]-x[:-1]**2)**2+(1-x[:-1])**2))
def ell(x): return float(np.sum(10**(6*np.arange(len(x))/(len(x)-1))*x*x))
for name,f,lo,hi in (("sphere",sphere,-3,7),("rosenbrock",ros,-2,2),("ellipsoid",ell,-3,7)):
    ev=[]
    for seed in range(10):
        n=5; lam=4+int(3*math.log(n))
        o=CMA(mean=np.full(n,(lo+hi)/2),sigma=(hi-lo)/6,bounds=np.array([[lo,hi]]*n,float),seed=seed,population_size=lam)
        k=0; best=1e9
        while best>1e-8 and k<20000:
            s=[]
            for _ in range(lam):
                x=o.ask(); v=f(x); k+=1; s.append((x,v)); best=min(best,v)
                if best<=1e-8: break
            else: o.tell(s)
        ev.append(k)
    print(name,sorted(ev),np.mean(ev),np.median(ev))
