<#--
  The sigmoid on vectors, as statements within a kernel's loop: a method of its own might stay a
  call there. Names get a suffix, so that there can be several in one loop.

  A method is called on what another operation has computed, not on what was only viewed, cast or
  carried over from the round before, wherever that is the same: of these the JIT compiler knows the
  class by its profile alone, and a call that it can't resolve makes objects of all vectors around it.
-->

<#-- What it needs, set before the loop. -->
<#macro constants>
    ${Bits}Vector absolute = ${Bits}Vector.broadcast(BITS, ABSOLUTE);
    ${Bits}Vector largest = ${Bits}Vector.broadcast(BITS, ${Type}.${type}ToRaw${Bits}Bits(LARGEST));
    ${Type}Vector log2e = ${Type}Vector.broadcast(SPECIES, MINUS_LOG2_E);
    ${Type}Vector rounder = ${Type}Vector.broadcast(SPECIES, ROUNDER);
    ${Type}Vector high = ${Type}Vector.broadcast(SPECIES, LN2_HIGH);
    ${Type}Vector low = ${Type}Vector.broadcast(SPECIES, LN2_LOW);
    ${Type}Vector one = ${Type}Vector.broadcast(SPECIES, 1);
<#list 1..degree as k>
    ${Type}Vector c${k} = ${Type}Vector.broadcast(SPECIES, C${k});
</#list>
</#macro>

<#-- upper = σ(|z|) and lower = σ(−|z|); their product is σ′(z). -->
<#macro halves z s="">
      ${Bits}Vector bits${s} = ${z}.viewAsIntegralLanes();
      ${Type}Vector m${s} = largest.min(absolute.and(bits${s})).viewAsFloatingLanes();
      ${Type}Vector shifted${s} = log2e.fma(m${s}, rounder);
      ${Type}Vector n${s} = shifted${s}.sub(rounder);
      ${Type}Vector r${s} = n${s}.fma(low, n${s}.fma(high, m${s}));
<#if type == "float">
      ${Type}Vector p${s} = c5<@horner s 4..1/>.fma(r${s}, one);
<#else>
      ${Type}Vector p${s} = c11<@horner s 10..6/>;
      p${s} = p${s}<@horner s 5..1/>.fma(r${s}, one);
</#if>
      ${Bits}Vector exponent${s} = shifted${s}.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      ${Type}Vector e${s} = exponent${s}.add(p${s}.viewAsIntegralLanes()).viewAsFloatingLanes();
      ${Type}Vector upper${s} = one.div(e${s}.add(one));
      ${Type}Vector lower${s} = upper${s}.mul(e${s});
</#macro>
<#macro horner s powers><#list powers as k>.fma(r${s}, c${k})</#list></#macro>

<#-- σ(z), given its halves and negative: all bits set where z is, or else none. -->
<#macro choice s="">
upper${s}
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower${s}.viewAsIntegralLanes(), negative${s})
              .viewAsFloatingLanes()</#macro>
<#macro value name s="">
      ${Bits}Vector negative${s} = bits${s}.lanewise(ASHR, ${Type}.SIZE - 1);
      ${Type}Vector ${name} =
          <@choice s/>;
</#macro>
